"""The table of roles holds over REST: who gets which answer, and what became of it."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.persons import client_of
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRunType, CourseType
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.tests.roles_matrix import (
    ANY,
    STATES,
    Act,
    Cell,
    cells,
    rows,
    rows_of,
)
from course_discovery.publisher.tests.roles_stage import (
    COMMENT,
    DONE,
    LATER,
    PRICE,
    RESTRICTION,
    SLUG,
    TITLE,
    WATCHERS,
    WEEKS,
    Stage,
    Trace,
    staged,
)

Ask = Callable[[APIClient, Stage], Any]
COURSES, RUNS, EDITORS = "/api/v1/courses/", "/api/v1/course_runs/", "/api/v1/course_editors/"


def _course(verb: str, query: str = "", **body: Any) -> Ask:
    return lambda client, stage: getattr(client, verb)(
        f"{COURSES}{stage.course.key}/{query}", body or None
    )


def _run(verb: str, query: str = "", **body: Any) -> Ask:
    return lambda client, stage: getattr(client, verb)(
        f"{RUNS}{stage.run.key}/{query}", body or None
    )


def _create(client: APIClient, stage: Stage) -> Any:
    body = {
        "title": "New", "number": "NEW1", "org": "NorthU", "product_source": "edx",
        "type": str(CourseType.objects.get(slug="verified-audit").uuid),
        "prices": {"verified": "49.99"},
    }  # fmt: skip
    return client.post(COURSES, body)


def _add_run(client: APIClient, stage: Stage) -> Any:
    run_type = str(CourseRunType.objects.get(slug="verified-audit").uuid)
    start, end = "2030-02-01T00:00:00Z", "2030-06-01T00:00:00Z"
    body = {"course": stage.course.key, "start": start, "end": end, "run_type": run_type}
    return client.post(RUNS, body)


REQUESTS: dict[str, Ask] = {
    "course create all": _create,
    "course read official": _course("get"),
    "course read draft": _course("get", "?editable=1"),
    "course edit reviewed": _course("patch", title=TITLE),
    "course edit unreviewed": _course("patch", watchers=WATCHERS),
    "course edit address": _course("patch", url_slug=SLUG),
    "course edit prices": _course("patch", prices={"verified": str(PRICE)}),
    "course edit key": _course("patch", key="NorthU+OTHER", number="OTHER", uuid="0"),
    "course submit reviewed": _course("patch", title=TITLE, draft=False),
    "course delete all": _course("delete"),
    "course add-run all": _add_run,
    "course add-editor -": lambda client, stage: client.post(
        EDITORS, {"course": str(stage.course.uuid), "user_id": stage.nina.pk}
    ),
    "course remove-editor -": lambda client, stage: client.delete(f"{EDITORS}{stage.editor.pk}/"),
    "run read official": _run("get"),
    "run read draft": _run("get", "?editable=1"),
    "run read diff": _run("get", "diff/"),
    "run edit unreviewed": _run("patch", weeks_to_complete=WEEKS),
    "run edit reviewed": _run("patch", title=TITLE),
    "run schedule go-live": _run("patch", go_live_date=LATER.isoformat()),
    "run edit prices": _run("patch", prices={"verified": str(PRICE)}),
    "run edit deadline": _run("patch", upgrade_deadline_override=LATER.isoformat()),
    "run edit restriction": _run("patch", restriction_type=RESTRICTION),
    "run edit embargo": _run("patch", has_ofac_restrictions=True),
    "run edit status": _run("patch", status="published"),
    "run edit key": _run("patch", key="course-v1:NorthU+PHY1+OTHER", uuid="0"),
    "run edit course": _run("patch", course="NorthU+OTHER"),
    "run submit unreviewed": _run("patch", draft=False),
    "run submit reviewed": _run("patch", draft=False, title=TITLE),
    "run legal-review embargo": _run("patch", status="review_by_internal", ofac_comment=COMMENT),
    "run publish status": _run("patch", status="reviewed"),
    "run unpublish status": _run("patch", status="unpublished"),
    "run delete all": _run("delete"),
}


def test_every_act_can_be_asked_for() -> None:
    assert REQUESTS.keys() == {str(row.act) for row in rows()}


@pytest.mark.parametrize(("kind", "state"), [*product(("course", "run"), STATES), ("course", ANY)])
def test_rest_agrees(partner: Partner, settings: Any, kind: str, state: str) -> None:
    stage = staged(OrganizationFactory(partner=partner, key="NorthU"), state)
    clients = {name: client_of(user) for name, user in stage.people.items()}
    trace = Trace()
    wrong = []
    for restricted in (False, True):
        settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
        for row in rows_of(kind, state):
            for cell in cells(row, restricted=restricted):
                with trace.watching():
                    said = outcome(clients[cell.person], stage, row.act, cell, trace)
                if said:
                    wrong.append(f"{row.act}: {cell} {said}, and should get {cell.status}")
    assert wrong == []


def outcome(client: APIClient, stage: Stage, act: Act, cell: Cell, trace: Trace) -> str:
    """What is wrong with what happens, if anything is."""
    answer = REQUESTS[str(act)](client, stage)
    if answer.status_code != cell.status:
        return f"gets {answer.status_code} {answer.content[:200]!r}"
    if not cell.changes:
        return "changed something" if trace.is_left() else ""
    if act.verb == "read":
        said = answer.json().get("title")
        titles = {"official": "Official", "draft": stage.stored_course.title}
        return "" if said == titles.get(act.fields) else f"reads {said}"
    return "" if DONE[str(act)](stage, stage.people[cell.person]) else "changed something else"


@pytest.mark.parametrize("name", ["edit reviewed", "delete all", "read draft", "read diff"])
def test_runs_of_other_partners_are_not_there(partner: Partner, name: str) -> None:
    stage = staged(OrganizationFactory(key="NorthU"), "unpublished")
    answer = REQUESTS[f"run {name}"](client_of(stage.people["sam"]), stage)
    assert answer.status_code == 404
