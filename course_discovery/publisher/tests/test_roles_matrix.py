"""The table of roles holds for operations: they do what it allows; the rest leaves no trace."""

from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.operations.course_run.values import CourseRunTexts
from course_discovery.publisher.operations.course_values import CourseEdit
from course_discovery.publisher.tests.roles_acts import OPERATIONS, WORDLESS
from course_discovery.publisher.tests.roles_matrix import (
    ANY,
    EDITED,
    STATES,
    Act,
    Cell,
    cells,
    rows,
    rows_of,
)
from course_discovery.publisher.tests.roles_page import roles_page
from course_discovery.publisher.tests.roles_stage import DONE, Stage, Trace, staged

PAGE = Path(__file__).resolve().parents[3] / "docs" / "roles.md"


@pytest.fixture
def north(db: None) -> Organization:
    organization: Organization = OrganizationFactory(key="NorthU")
    return organization


def test_every_act_stands_once_for_every_state() -> None:
    found = Counter((str(row.act), state) for row in rows() for state in row.states_meant)
    assert set(found.values()) == {1}
    acts = {act for act, state in found} - {"course create all"}
    assert {each for each in found if each[1] != "orphaned"} == {
        ("course create all", ANY), *product(acts, EDITED)
    }  # fmt: skip
    assert {*acts, "course create all"} == OPERATIONS.keys() | WORDLESS


def test_the_page_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == roles_page(), (
        "write it anew: ./manage.py shell -c 'from pathlib import Path;"
        " from course_discovery.publisher.tests.roles_page import roles_page;"
        ' Path("docs/roles.md").write_text(roles_page(), encoding="utf-8")\''
    )


def test_operations_have_no_words_for_what_nobody_may_tell() -> None:
    unheard = {"key", "number", "uuid", "status", "draft", "course", "org", "has_ofac_restrictions"}
    for words in (CourseRunTexts, CourseEdit):
        assert not unheard & words.__annotations__.keys()


@pytest.mark.parametrize(("kind", "state"), [*product(("course", "run"), STATES), ("course", ANY)])
def test_operations_agree(north: Organization, settings: Any, kind: str, state: str) -> None:
    stage = staged(north, state)
    trace = Trace()
    wrong = []
    for restricted in (False, True):
        settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
        for row in rows_of(kind, state):
            for cell in cells(row, restricted=restricted) if str(row.act) in OPERATIONS else ():
                with trace.watching():
                    said = outcome(stage, row.act, cell, trace)
                if said:
                    wrong.append(f"{row.act}: {cell} {said}, and should get {cell.status}")
    assert wrong == []


def outcome(stage: Stage, act: Act, cell: Cell, trace: Trace) -> str:
    """What is wrong with what happens, if anything is."""
    user = stage.people[cell.person]
    refusal: Exception | None = None
    try:
        OPERATIONS[str(act)](stage, user)
    except (PermissionDenied, Refusal) as error:
        refusal = error
    if cell.changes:
        if refusal is not None:
            return f"is refused ({refusal!r})"
        done = act.verb == "read" or DONE[str(act)](stage, user)
        return "" if done else "changed something else"
    if cell.status >= 400 and refusal is None:
        return "is not refused"
    return "changed something" if trace.is_left() else ""
