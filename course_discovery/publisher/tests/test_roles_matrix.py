"""The table of roles holds for operations: what it allows is done, what it refuses leaves no trace."""

from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.operations.course_run.values import CourseRunTexts
from course_discovery.publisher.operations.course_values import CourseEdit
from course_discovery.publisher.tests.roles_acts import OPERATIONS, WORDLESS
from course_discovery.publisher.tests.roles_matrix import (
    ANY,
    STATES,
    Act,
    Cell,
    acts_in,
    cells,
    rows,
)
from course_discovery.publisher.tests.roles_stage import DONE, Stage, everything, staged


@pytest.fixture
def north(db: None) -> Organization:
    organization: Organization = OrganizationFactory(key="NorthU")
    return organization


def test_every_act_stands_once_for_every_state() -> None:
    found = [(row.act, state) for row in rows() for state in row.states_meant]
    acts = {act for act, _state in found}
    create = Act("course", "create", "all")
    assert sorted(map(str, found)) == sorted(
        [str((create, ANY)), *(str(each) for each in product(acts - {create}, STATES))]
    )
    assert {str(act) for act in acts} == OPERATIONS.keys() | WORDLESS


def test_operations_have_no_words_for_what_nobody_may_tell() -> None:
    unheard = {"key", "number", "uuid", "status", "draft", "course", "org", "has_ofac_restrictions"}
    for words in (CourseRunTexts, CourseEdit):
        assert not unheard & words.__annotations__.keys()


@pytest.mark.parametrize("state", [*STATES, ANY])
@pytest.mark.parametrize("kind", ["course", "run"])
def test_operations_agree(north: Organization, settings: Any, kind: str, state: str) -> None:
    if (kind, state) == ("run", ANY):
        return
    stage = staged(north, "unpublished" if state == ANY else state)
    before = everything()
    wrong = []
    for act, row in acts_in(state, kind):
        for cell in cells(row) if str(act) in OPERATIONS else ():
            settings.PUBLISHER_RESTRICT_INTERNAL_USERS = cell.restricted
            with transaction.atomic():
                said = outcome(stage, act, cell, before)
                transaction.set_rollback(True)
            if said:
                wrong.append(f"{act}: {cell} {said}, and should get {cell.status}")
    assert wrong == []


def outcome(stage: Stage, act: Act, cell: Cell, before: Any) -> str:
    """What is wrong with what happens, if anything is."""
    user = stage.people[cell.person]
    refused = None
    try:
        OPERATIONS[str(act)](stage, user)
    except (PermissionDenied, Refusal) as refusal:
        refused = refusal
    if cell.changes:
        if refused is not None:
            return f"is refused ({refused!r})"
        done = act.verb == "read" or DONE[str(act)](stage, user)
        return "" if done else "changed something else"
    if act.verb == "publish":
        return ""if refused else "is not refused"
    if cell.status >= 400 and refused is None:
        return "is not refused"
    return "" if everything() == before else "is refused, and left a trace"
