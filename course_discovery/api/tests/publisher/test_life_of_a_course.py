"""The life of a course, as the publisher front end lives it, beside services that check calls."""

from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from freezegun import freeze_time
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from course_discovery.api.tests.course_team import north
from course_discovery.api.tests.course_writing import new_course
from course_discovery.api.tests.drafts import signed_in
from course_discovery.api.tests.pictures import data_uri
from course_discovery.clients.tests.standins.platform import StandInPlatform
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import CourseRunType, Organization
from course_discovery.publisher.operations.errands.running import run_next
from course_discovery.publisher.tests.people import person, works_for
from course_discovery.publisher.tests.persons import coordinates, joins
from course_discovery.publisher.tests.stand_ins import platform

__all__ = ["north", "platform"]

COURSES, RUNS, EDITORS = "/api/v1/courses/", "/api/v1/course_runs/", "/api/v1/course_editors/"
KEY = "NorthU+AST1"
ASKED = "editable=1&exclude_utm=1&include_restricted=custom-b2b-enterprise,custom-b2c"
LIFE = timedelta(hours=2)


class Team:
    """The people of a course, each signed in."""

    def __init__(self, organization: Organization, legal_group: str) -> None:
        self.bob: User = works_for(person("bob"), organization)
        self.carol: User = works_for(person("carol"), organization)
        lena = joins(person("lena"), legal_group)
        connie = coordinates(works_for(person("connie"), organization), organization)
        self.as_bob, self.as_carol = signed_in(self.bob), signed_in(self.carol)
        self.as_lena, self.as_connie = signed_in(lena), signed_in(connie)


@pytest.fixture
def team(
    partner: Partner, platform: StandInPlatform, north: Organization, settings: Settings
) -> Team:
    """North's people; its partner has Studio, shop and LMS."""
    Partner.objects.filter(pk=partner.pk).update(**platform.addresses)
    return Team(north, settings.PUBLISHER_LEGAL_GROUP)


@pytest.fixture(autouse=True)
def committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Iterator[None]:
    """What is to be done after commits is done at the end of the test."""
    with django_capture_on_commit_callbacks():
        yield


def sent(client: APIClient, method: str, address: str, **body: Any) -> dict[str, Any]:
    """The answer to a call that is taken."""
    answer = getattr(client, method)(address, body, format="json")
    assert answer.status_code in (200, 201), answer.content
    found: dict[str, Any] = answer.json()
    return found


def run_errands() -> None:
    while run_next():
        pass


def written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_course_lives(
    team: Team, platform: StandInPlatform, as_sam: APIClient, as_alice: APIClient
) -> None:
    start = timezone.now().replace(microsecond=0) + timedelta(days=30)
    run_type = str(CourseRunType.objects.get(slug="verified-audit").uuid)
    dates = {"start": written(start), "end": written(start + timedelta(days=90))}

    # Created with its first run, which Studio gets.
    course = sent(
        team.as_bob, "post", COURSES,
        **new_course(course_run={**dates, "pacing_type": "self_paced", "run_type": run_type}),
    )  # fmt: skip
    (run,) = course["course_runs"]
    key = run["key"]
    assert (course["key"], run["status"]) == (KEY, "unpublished")
    assert platform.studio.runs[key]["title"] == "Night skies"
    address, run_address = f"{COURSES}{course['uuid']}/?{ASKED}", f"{RUNS}{key}/?{ASKED}"

    # Edited, with a picture; nobody else sees any of it.
    sent(
        team.as_bob, "patch", address,
        short_description="<p>Stars</p>", image=data_uri(), draft=True,
    )  # fmt: skip
    assert as_alice.get(f"{COURSES}{KEY}/").status_code == 404
    assert as_alice.get(f"{RUNS}{key}/").status_code == 404

    # A second editor joins, and edits.
    sent(team.as_bob, "post", EDITORS, course=course["uuid"], user_id=team.carol.pk)
    sent(team.as_carol, "patch", run_address, min_effort=2, max_effort=5, weeks_to_complete=8)

    # Submitted, scheduled, reviewed by legal and by the coordinator.
    live_at = timezone.now() + timedelta(hours=1)
    run = sent(
        team.as_carol, "patch", run_address, go_live_date=written(live_at), draft=False
    )  # fmt: skip
    assert run["status"] == "review_by_legal"
    assert team.as_carol.patch(run_address, {"min_effort": 3}, format="json").status_code == 403
    run = sent(team.as_lena, "patch", run_address, status="review_by_internal")
    assert run["status"] == "review_by_internal"
    assert not platform.shop.publications
    run = sent(team.as_connie, "patch", run_address, status="reviewed")
    assert run["status"] == "reviewed"
    assert platform.shop.publications[key]["name"] == "Night skies"
    assert {seat["sku"] is not None for seat in run["seats"]} == {True}

    # Live at its time, not before.
    call_command("publish_live_course_runs")
    assert as_alice.get(f"{RUNS}{key}/").json()["status"] == "reviewed"
    with freeze_time(timezone.now() + LIFE):
        call_command("publish_live_course_runs")
    shown = as_alice.get(f"{COURSES}{KEY}/").json()
    assert shown["short_description"] == "<p>Stars</p>"
    assert [each["status"] for each in shown["course_runs"]] == ["published"]
    run_errands()
    assert b64decode(data_uri().partition(",")[2])[:8] == platform.studio.images[key][2][:8]

    # Edited live: first as a draft, then for everybody.
    sent(team.as_bob, "patch", address, title="Night skies, again", draft=True)
    assert as_alice.get(f"{COURSES}{KEY}/").json()["title"] == "Night skies"
    sent(team.as_bob, "patch", address, title="Night skies, again", draft=False)
    assert as_alice.get(f"{COURSES}{KEY}/").json()["title"] == "Night skies, again"
    assert platform.shop.publications[key]["name"] == "Night skies, again"

    # Run again, which Studio knows; the first run goes when it is over.
    later = {
        "start": written(start + timedelta(days=365)),
        "end": written(start + timedelta(days=400)),
    }
    again = sent(
        team.as_bob, "post", f"{RUNS}?{ASKED}",
        course=KEY, rerun=key, run_type=run_type, prices={"verified": "49.99"}, **later,
    )  # fmt: skip
    assert platform.studio.reruns == {again["key"]: key}
    assert (again["weeks_to_complete"], again["min_effort"]) == (8, 2)
    again_address = f"{RUNS}{again['key']}/?{ASKED}"
    past = written(timezone.now() - timedelta(minutes=1))
    sent(team.as_bob, "patch", again_address, go_live_date=past, draft=False)
    sent(as_sam, "patch", again_address, status="review_by_internal")
    assert sent(as_sam, "patch", again_address, status="reviewed")["status"] == "published"
    with freeze_time(start + timedelta(days=200)):
        call_command("unpublish_inactive_runs")
        statuses = {
            each["key"]: each["status"]
            for each in as_alice.get(f"{COURSES}{KEY}/").json()["course_runs"]
        }
    assert statuses == {key: "unpublished", again["key"]: "published"}
    assert team.as_bob.delete(f"{COURSES}{KEY}/").status_code == 409
