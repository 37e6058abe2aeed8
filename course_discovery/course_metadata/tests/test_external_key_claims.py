"""An external key means one run within a course, a curriculum and a program (decision 7)."""

import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from course_discovery.core.changes.registry import kind_named
from course_discovery.core.changes.settling import settle
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    Curriculum,
    CurriculumCourseMembership,
    ExternalKeyClaim,
    Program,
)
from course_discovery.course_metadata.operations.course_run import create_or_update_course_run
from course_discovery.course_metadata.operations.course_run_values import ToldCourseRun
from course_discovery.course_metadata.operations.curriculum import (
    CurriculumCourseValues,
    create_or_update_curriculum,
)
from course_discovery.course_metadata.operations.external_key import ExternalKeyTaken
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    CurriculumFactory,
    DegreeFactory,
    PartnerFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
Claims = set[tuple[str, Any, str, Any]]


def claims_that_the_rule_gives() -> Claims:
    """The rule once more, in plain words."""
    claims: Claims = set()
    for run in CourseRun.everything.select_related("course"):
        if not run.external_key:
            continue
        key = run.external_key.casefold()
        claims.add(("course", run.course.uuid, key, run.uuid))
        for member in CurriculumCourseMembership.objects.filter(course__uuid=run.course.uuid):
            if member.exclusions.filter(course_run__uuid=run.uuid).exists():
                continue
            claims.add(("curriculum", member.curriculum.uuid, key, run.uuid))
            if member.curriculum.program:
                claims.add(("program", member.curriculum.program.uuid, key, run.uuid))
    return claims


def claims_there_are() -> Claims:
    return set(
        ExternalKeyClaim.objects.values_list("scope", "scope_uuid", "key_folded", "run_uuid")
    )


def give(run: CourseRun, key: str | None) -> None:
    run.external_key = key
    run.save()


@pytest.fixture
def runs() -> list[CourseRun]:
    """One run of each of three courses."""
    partner = PartnerFactory.create()
    courses = [CourseFactory.create(partner=partner, key=f"Org+{n}") for n in range(3)]
    return [
        CourseRunFactory.create(course=course, key=f"course-v1:{course.key}+1")
        for course in courses
    ]


def test_key_means_one_run_of_a_course(runs: list[CourseRun]) -> None:
    other = CourseRunFactory.create(course=runs[0].course, key="course-v1:Org+0+2")
    give(runs[0], "MATH-1")
    with pytest.raises(ExternalKeyTaken) as refused, transaction.atomic():
        give(other, " Math-1 ")
    assert str(refused.value) == ("external_key: course-v1:Org+0+1 has Math-1 in the course Org+0")
    assert (refused.value.key, refused.value.scope) == ("Math-1", "course")
    assert refused.value.holder == "course-v1:Org+0+1"
    give(runs[1], "MATH-1")  # another course
    give(runs[0], None)
    give(other, "MATH-1")


def test_key_means_one_run_of_a_curriculum_and_of_a_program(runs: list[CourseRun]) -> None:
    first, second, third = runs
    program = DegreeFactory.create()
    give(first, "K")
    give(second, "K")
    curriculum = CurriculumFactory.create(program=program, courses_in=[first.course])
    with pytest.raises(ExternalKeyTaken, match="in the curriculum"), transaction.atomic():
        CurriculumCourseMembership.objects.create(curriculum=curriculum, course=second.course)
    sibling = CurriculumFactory.create(program=program)
    in_program = pytest.raises(ExternalKeyTaken, match=f"in the program {program.title}")
    with in_program, transaction.atomic():
        CurriculumCourseMembership.objects.create(curriculum=sibling, course=second.course)
    elsewhere = CurriculumFactory.create(courses_in=[second.course])
    elsewhere.program = program
    with pytest.raises(ExternalKeyTaken), transaction.atomic():
        elsewhere.save()
    CurriculumCourseMembership.objects.create(curriculum=sibling, course=third.course)
    with pytest.raises(ExternalKeyTaken), transaction.atomic():
        give(third, "k")
    assert claims_there_are() == claims_that_the_rule_gives()


def test_run_that_a_curriculum_leaves_out_holds_nothing_there(runs: list[CourseRun]) -> None:
    first, second, _third = runs
    give(first, "K")
    give(second, "K")
    told: Any = {
        "partner": first.course.partner,
        "uuid": CurriculumFactory.create(program=None, courses_in=[first.course]).uuid,
        "now": NOW,
    }
    both: list[CurriculumCourseValues] = [
        {"course": "Org+0"},
        {"course": "Org+1", "excluded_course_runs": [second.key]},
    ]
    with pytest.raises(ExternalKeyTaken):
        create_or_update_curriculum(
            values={"courses": [{"course": "Org+0"}, {"course": "Org+1"}]}, **told
        )
    create_or_update_curriculum(values={"courses": both}, **told)
    left_out = CurriculumCourseMembership.objects.get(course=second.course).exclusions
    with pytest.raises(ExternalKeyTaken), transaction.atomic():
        left_out.all().delete()
    give(first, "L")
    left_out.get().delete()
    assert claims_there_are() == claims_that_the_rule_gives()


def test_draft_and_official_share_a_claim(runs: list[CourseRun]) -> None:
    official = runs[0]
    draft_course = CourseFactory.create(
        partner=official.course.partner, key="Org+0", uuid=official.course.uuid, draft=True
    )
    draft = CourseRunFactory.create(course=draft_course, key=official.key, uuid=official.uuid)
    give(draft, "K")
    give(official, "K")
    assert ExternalKeyClaim.objects.count() == 1
    other = CourseRunFactory.create(course=official.course, key="course-v1:Org+0+2")
    give(draft, "L")
    for key in ("K", "L"):
        with pytest.raises(ExternalKeyTaken), transaction.atomic():
            give(other, key)
    assert claims_there_are() == claims_that_the_rule_gives()


def test_source_of_record_is_told_who_has_the_key(runs: list[CourseRun]) -> None:
    give(runs[0], "K")
    told = ToldCourseRun("course-v1:Org+0+9", {"external_key": "k"}, course_key="Org+0")
    with pytest.raises(ExternalKeyTaken, match=r"course-v1:Org\+0\+1 has k"):
        create_or_update_course_run(partner=runs[0].course.partner, told=told, now=NOW)
    assert not CourseRun.everything.filter(key=told.key).exists()


def test_keys_that_differ_in_an_accent_are_two(runs: list[CourseRun]) -> None:
    other = CourseRunFactory.create(course=runs[0].course, key="course-v1:Org+0+2")
    give(runs[0], "resume")
    give(other, "r\u00e9sum\u00e9")
    assert claims_there_are() == claims_that_the_rule_gives()
    assert {key for _scope, _uuid, key, _run in claims_there_are()} == {
        "resume",
        "r\u00e9sum\u00e9",
    }


@pytest.mark.parametrize("delete", ["run", "membership", "curriculum", "program", "course"])
def test_deleting_frees(runs: list[CourseRun], delete: str) -> None:
    first = runs[0]
    give(first, "K")
    curriculum = CurriculumFactory.create(courses_in=[first.course])
    doomed: dict[str, Any] = {
        "run": first, "membership": curriculum.course_memberships.get(), "curriculum": curriculum,
        "program": curriculum.program, "course": first.course,
    }  # fmt: skip
    doomed[delete].delete()
    assert claims_there_are() == claims_that_the_rule_gives()


def test_edits_without_a_key_cost_one_look_up(
    runs: list[CourseRun], django_assert_num_queries: Callable[[int], Any]
) -> None:
    run = kind_named("course_run").identity_of(runs[0])
    with django_assert_num_queries(2):  # claims, subscriptions
        settle([run])


def keys(choice: random.Random) -> str | None:
    return choice.choice(["K", "k", "L", "", None])


def pick(rows: Any, choice: random.Random) -> Any:
    found = list(rows.order_by("pk"))
    return choice.choice(found) if found else None


def give_a_key(choice: random.Random) -> None:
    give(pick(CourseRun.everything.all(), choice), keys(choice))


def give_keys_in_bulk(choice: random.Random) -> None:
    course = pick(Course.everything.all(), choice)
    course.course_runs.update(external_key=keys(choice))


def add_member(choice: random.Random) -> None:
    CurriculumCourseMembership.objects.get_or_create(
        course=pick(Course.objects.all(), choice), curriculum=pick(Curriculum.objects.all(), choice)
    )


def remove_member(choice: random.Random) -> None:
    if member := pick(CurriculumCourseMembership.objects.all(), choice):
        member.delete()


def move_member(choice: random.Random) -> None:
    if member := pick(CurriculumCourseMembership.objects.all(), choice):
        others = Curriculum.objects.exclude(course_memberships__course=member.course)
        member.curriculum = pick(others, choice) or member.curriculum
        member.save()


def move_curriculum(choice: random.Random) -> None:
    curriculum = pick(Curriculum.objects.all(), choice)
    curriculum.program = choice.choice([None, *Program.objects.all()])
    curriculum.save()


def leave_out(choice: random.Random) -> None:
    if member := pick(CurriculumCourseMembership.objects.all(), choice):
        member.course_run_exclusions.add(pick(member.course.course_runs.all(), choice))


def take_in(choice: random.Random) -> None:
    if member := pick(CurriculumCourseMembership.objects.all(), choice):
        member.course_run_exclusions.clear()


def move_run(choice: random.Random) -> None:
    run = pick(CourseRun.objects.all(), choice)
    run.course = pick(Course.objects.all(), choice)
    run.save()


EDITS: list[Callable[[random.Random], None]] = [
    give_a_key, give_a_key, give_keys_in_bulk, add_member, add_member, remove_member, move_member,
    move_curriculum, leave_out, take_in, move_run,
]  # fmt: skip


@pytest.fixture
def catalog(runs: list[CourseRun]) -> None:
    """Courses with two runs, one with a draft; curricula of two programs."""
    for run in runs:
        CourseRunFactory.create(course=run.course, key=f"{run.key[:-1]}2")
    draft = CourseFactory.create(
        partner=runs[0].course.partner, key="Org+0", uuid=runs[0].course.uuid, draft=True
    )
    CourseRunFactory.create(course=draft, key=runs[0].key, uuid=runs[0].uuid)
    first = CurriculumFactory.create(courses_in=[runs[0].course])
    CurriculumFactory.create(program=first.program)
    CurriculumFactory.create(courses_in=[runs[1].course])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.lists(st.sampled_from(EDITS), min_size=1, max_size=15),
    choice=st.randoms(use_true_random=False),
)
def test_claims_follow_the_rule_after_any_edits(
    catalog: None, edits: Iterable[Callable[[random.Random], None]], choice: random.Random
) -> None:
    with transaction.atomic():
        for edit in edits:
            note(edit.__name__)
            try:
                with transaction.atomic():
                    edit(choice)
            except ExternalKeyTaken as refusal:
                note(str(refusal))
            held = claims_there_are()
            assert held == claims_that_the_rule_gives()
            # One place, one run.
            assert len({claim[:3] for claim in held}) == len(held)
        transaction.set_rollback(True)
