"""Curricula of programs: members, dates, no cycles (decision 11)."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Curriculum,
    CurriculumProgramMembership,
    Program,
)
from course_discovery.course_metadata.operations.curriculum import (
    CurriculumValues,
    ExcludedRunOfAnotherCourse,
    OtherPartnersCurriculum,
    create_or_update_curriculum,
)
from course_discovery.course_metadata.operations.curriculum_state import CurriculumCycle
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.references import (
    UnknownCourseKey,
    UnknownProgram,
)
from course_discovery.course_metadata.operations.running import Outcome, Refusal, Written
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    CurriculumFactory,
    DegreeFactory,
    PartnerFactory,
    ProgramFactory,
)

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
LATER = datetime(2027, 1, 11, 12, tzinfo=UTC)
MARK = uuid.uuid4()


@pytest.fixture
def partner(db: None) -> Partner:
    partner: Partner = PartnerFactory.create()
    DegreeFactory.create(partner=partner, marketing_slug="analytics")
    ProgramFactory.create(partner=partner, marketing_slug="tools")
    for key in ("Org+A", "Org+B"):
        course = CourseFactory.create(partner=partner, key=key)
        CourseRunFactory.create(course=course, key=f"course-v1:{key}+1")
    return partner


def write(partner: Partner, values: CurriculumValues, now: datetime = NOW) -> Written[Curriculum]:
    return create_or_update_curriculum(partner=partner, uuid=MARK, values=values, now=now)


def everything() -> CurriculumValues:
    return {
        "program": "analytics", "name": "Tools", "marketing_text": "<p onclick=x>Long</p>",
        "marketing_text_brief": "<p>Short</p>",
        "courses": [
            {"course": "Org+A", "excluded_course_runs": ["course-v1:Org+A+1"]},
            {"course": "org+b", "is_active": False},
        ],
        "programs": [{"program": "tools"}],
    }  # fmt: skip


def test_new_curriculum_has_all_that_was_told(partner: Partner) -> None:
    written = write(partner, everything())
    curriculum = Curriculum.objects.get()
    assert written == (curriculum, Outcome.CREATED)
    assert (curriculum.uuid, curriculum.activated_at) == (MARK, NOW)
    assert curriculum.marketing_text == "<p>Long</p>"
    assert curriculum.program is not None
    assert curriculum.program.marketing_slug == "analytics"
    assert curriculum.program.data_modified_timestamp == NOW
    first, second = curriculum.course_memberships.all()
    assert (first.course.key, second.is_active) == ("Org+A", False)
    assert first.course_run_exclusions.get().key == "course-v1:Org+A+1"
    assert curriculum.programs.get().marketing_slug == "tools"


def test_second_telling_writes_nothing(partner: Partner) -> None:
    write(partner, everything())
    changes, history = Change.objects.count(), Curriculum.history.count()
    assert write(partner, everything(), LATER).outcome is Outcome.UNCHANGED
    assert (Change.objects.count(), Curriculum.history.count()) == (changes, history)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Other"}, {"program": None}, {"program": "tools", "programs": []},
        {"is_active": False}, {"courses": []}, {"courses": [{"course": "Org+A"}]},
        {"programs": []}, {"programs": [{"program": "tools", "is_active": False}]},
        {"marketing_text": None},
    ],
)  # fmt: skip
def test_each_change_is_seen_and_written(partner: Partner, change: CurriculumValues) -> None:
    write(partner, everything())
    assert write(partner, change, LATER).outcome is Outcome.UPDATED
    assert Program.objects.get(marketing_slug="analytics").data_modified_timestamp == LATER
    assert write(partner, change).outcome is Outcome.UNCHANGED


def test_name_in_a_program_finds_a_curriculum_without_its_uuid(partner: Partner) -> None:
    told: Any = {"partner": partner, "now": NOW}
    values: CurriculumValues = {"program": "analytics", "name": "Tools"}
    first = create_or_update_curriculum(values=values, **told)
    second = create_or_update_curriculum(values={**values, "is_active": False}, **told)
    assert second == (first.row, Outcome.UPDATED)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"program": "none"}, UnknownProgram), ({"courses": [{"course": "X+Y"}]}, UnknownCourseKey),
        ({"courses": [{"course": "Org+A"}, {"course": "ORG+a"}]}, UnfitValue),
        ({"programs": [{"program": "tools"}, {"program": "Tools"}]}, UnfitValue),
        (
            {"courses": [{"course": "Org+A", "excluded_course_runs": ["course-v1:Org+B+1"]}]},
            ExcludedRunOfAnotherCourse,
        ),
        ({"programs": [{"program": "analytics"}]}, CurriculumCycle),
        ({"marketing_text_brief": "x" * 751}, UnfitValue),
    ],
)  # fmt: skip
def test_unfit_value_is_refused_and_nothing_written(
    partner: Partner, values: dict[str, Any], refusal: type[Refusal]
) -> None:
    changes = Change.objects.count()
    told: Any = {**everything(), **values}
    with pytest.raises(refusal):
        write(partner, told)
    assert Change.objects.count() == changes
    assert not Curriculum.objects.exists()


def test_curriculum_of_another_partner_is_left_alone(partner: Partner) -> None:
    write(partner, everything())
    with pytest.raises(OtherPartnersCurriculum):
        write(PartnerFactory.create(), {"name": "Mine"})


def test_dates_follow_the_state_and_history_keeps_them(partner: Partner) -> None:
    row = write(partner, everything()).row
    write(partner, {"is_active": False}, LATER)
    row.refresh_from_db()
    assert (row.activated_at, row.deactivated_at) == (NOW, LATER)
    again = datetime(2027, 2, 1, tzinfo=UTC)
    write(partner, {"is_active": True}, again)
    row.refresh_from_db()
    assert (row.activated_at, row.deactivated_at) == (again, None)
    told = row.history.order_by("history_id").values_list("activated_at", "deactivated_at")
    assert list(told) == [(NOW, None), (NOW, LATER), (again, None)]


def test_dates_are_kept_whoever_writes(partner: Partner) -> None:
    row = CurriculumFactory.create()
    made = row.activated_at
    assert made is not None
    row.is_active = False
    row.save()
    assert row.history.latest().deactivated_at is not None
    row.save()
    ended = row.deactivated_at
    row.refresh_from_db()
    assert (row.activated_at, row.deactivated_at) == (made, ended)
    Curriculum.objects.filter(pk=row.pk).update(is_active=True)
    row.refresh_from_db()
    assert row.deactivated_at is None
    row.is_active = False
    row.save(update_fields=["is_active"])
    row.refresh_from_db()
    assert row.deactivated_at is not None


def test_program_cannot_contain_itself(partner: Partner) -> None:
    top, middle, bottom = (CurriculumFactory.create() for _ in range(3))
    for upper, lower in ((top, middle), (middle, bottom)):
        CurriculumProgramMembership.objects.create(curriculum=upper, program=lower.program)
    for upper, lower in ((bottom, top), (bottom, middle), (top, top)):
        with pytest.raises(CurriculumCycle, match=upper.program.title), transaction.atomic():
            CurriculumProgramMembership.objects.create(curriculum=upper, program=lower.program)
    loose = CurriculumFactory.create(program=None, programs_in=[top.program])
    loose.program = bottom.program
    with pytest.raises(CurriculumCycle), transaction.atomic():
        loose.save()
    with pytest.raises(CurriculumCycle), transaction.atomic():
        Curriculum.objects.filter(pk=loose.pk).update(program=bottom.program)
    # The same program by two ways is no cycle.
    CurriculumProgramMembership.objects.create(curriculum=top, program=bottom.program)
    assert CurriculumProgramMembership.objects.count() == 4
