"""Curricula and pathways as they are rendered, and when they are due."""

import pytest

from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests.factories import (
    CurriculumFactory,
    DegreeFactory,
    PartnerFactory,
    PathwayFactory,
    ProgramFactory,
)
from course_discovery.projections.pathway import render_pathways
from course_discovery.projections.tests.programs import (
    DAY,
    NOW,
    keys,
    make_course,
    make_run,
    rendered,
    run_keys,
)

pytestmark = pytest.mark.django_db


def test_curricula_show_courses_without_the_runs_they_exclude() -> None:
    course = make_course("A+1", runs=2)
    first, second = course.course_runs.order_by("start")
    degree = DegreeFactory()
    curriculum = CurriculumFactory(program=degree, courses_in=[course], is_active=False)
    member = curriculum.course_memberships.get()
    models.CurriculumCourseRunExclusion.objects.create(course_membership=member, course_run=first)
    [found] = rendered(degree)["curricula"]
    assert found["uuid"] == str(curriculum.uuid)
    assert found["is_active"] is False
    assert run_keys(found["courses"][0]) == [second.key]
    assert found["programs"] == []


def test_curricula_nest_programs_two_levels_deep() -> None:
    outer, middle, inner, innermost = (DegreeFactory(title=f"D{n}") for n in range(4))
    CurriculumFactory(program=outer, programs_in=[middle])
    CurriculumFactory(program=middle, programs_in=[inner])
    CurriculumFactory(program=inner, programs_in=[innermost], courses_in=[make_course("A+1")])
    [first] = rendered(outer)["curricula"]
    [second] = first["programs"][0]["curricula"]
    assert [each["title"] for each in second["programs"]] == ["D2"]
    [third] = second["programs"][0]["curricula"]
    assert keys(third) == ["A+1"]
    assert third["programs"] == []
    assert "overview" not in first["programs"][0]


def test_a_program_that_two_curricula_hold_is_shown_in_both() -> None:
    degree, shared = DegreeFactory(), ProgramFactory()
    for _ in range(2):
        CurriculumFactory(program=degree, programs_in=[shared])
    curricula = rendered(degree)["curricula"]
    assert [each["programs"][0]["uuid"] for each in curricula] == [str(shared.uuid)] * 2


@pytest.mark.parametrize("place", ["course", "curriculum", "nested program"])
def test_a_program_is_due_when_the_first_of_its_runs_changes(place: str) -> None:
    soon, later = NOW + DAY, NOW + 30 * DAY
    course, other = make_course("A+1", runs=0), make_course("A+2", runs=0)
    make_run(course, end=soon)
    make_run(other, end=later)
    degree = DegreeFactory(courses_in_order=[other] + ([course] if place == "course" else []))
    if place == "curriculum":
        CurriculumFactory(program=degree, courses_in=[course])
    if place == "nested program":
        nested = ProgramFactory(courses_in_order=[course])
        CurriculumFactory(program=degree, programs_in=[nested])
    assert rendered(degree)["_next_boundary"] == "2030-01-02T00:00:00Z"
    pathway = PathwayFactory(partner=degree.partner, programs_in_order=[degree])
    found = render_pathways([pathway.pk], now=NOW)[pathway.pk]
    assert found["_next_boundary"] == "2030-01-02T00:00:00Z"


def test_a_pathway_shows_its_programs_in_order() -> None:
    partner = PartnerFactory()
    one, two = (
        ProgramFactory(partner=partner, title=title, courses_in_order=[make_course(f"A+{title}")])
        for title in ("one", "two")
    )
    run = two.courses.get().course_runs.get()
    run.status = "reviewed"
    run.save()
    pathway = PathwayFactory(partner=partner, programs_in_order=[two, one])
    found = render_pathways([pathway.pk], now=NOW)[pathway.pk]
    assert found["id"] == pathway.pk
    assert [each["title"] for each in found["programs"]] == ["two", "one"]
    assert found["course_run_statuses"] == ["published", "reviewed"]
