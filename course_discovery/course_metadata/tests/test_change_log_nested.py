"""Degrees and the courses of curricula, whose rows are objects within objects."""

from collections.abc import Callable
from typing import Any

from course_discovery.core.changes.expansion import expand
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.tests.entries import entry, in_order, recorded
from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests import factories


def test_a_degree_is_told_as_degree_and_as_program(db: None) -> None:
    partner = factories.PartnerFactory()
    with recorded() as entries:
        degree = factories.DegreeFactory(partner=partner)
    assert entries == in_order([entry("degree", degree, "create"), entry("program", degree)])
    both = in_order([entry("degree", degree), entry("program", degree)])
    degree.apply_url = "https://elsewhere.example.com"
    writes: list[Callable[[], Any]] = [
        degree.save,
        lambda: degree.save(update_fields=["title"]),
        lambda: models.Degree.objects.filter(pk=degree.pk).update(title="By update"),
        lambda: models.Degree.objects.bulk_update([degree], ["overall_ranking"]),
    ]
    for write in writes:
        with recorded() as entries:
            write()
        assert entries == both


def test_a_degree_that_goes_is_told_as_both(db: None) -> None:
    for delete in (
        lambda row: row.delete(),
        lambda row: models.Degree.objects.filter(pk=row.pk).delete(),
        lambda row: models.Program.objects.get(pk=row.pk).delete(),
    ):
        degree = factories.DegreeFactory()
        promised = [entry("degree", degree, "delete"), entry("program", degree, "delete")]
        with recorded() as entries:
            delete(degree)
        assert entries == in_order(promised)


def test_lists_of_a_degree_are_told_to_it(db: None) -> None:
    degree = factories.DegreeFactory()
    ranking = models.Ranking.objects.create(rank="1", description="D", source="S")
    for write in (degree.rankings.add, degree.rankings.remove):
        with recorded() as entries:
            write(ranking)
        assert entries == [entry("degree", degree)]


def test_the_course_of_a_curriculum_shows_in_the_program(db: None) -> None:
    program, course = factories.ProgramFactory(), factories.CourseFactory()
    curriculum = factories.CurriculumFactory(program=program)
    Change.objects.all().delete()
    curriculum.courses.add(course)
    membership = curriculum.course_memberships.get()
    membership.course_run_exclusions.add(factories.CourseRunFactory(course=course))
    touched = {(each.kind, each.uuid) for each in expand(Change.objects.all())}
    assert {("curriculum", curriculum.uuid), ("program", program.uuid)} <= touched
    with recorded() as entries:
        curriculum.courses.clear()
    assert {each[0] for each in entries} >= {"curriculum", "curriculum_course_membership"}


def test_tags_are_told_to_what_has_them(db: None) -> None:
    course, run = factories.CourseFactory(), factories.CourseRunFactory()
    program, organization = factories.ProgramFactory(), factories.OrganizationFactory()
    tagged: list[tuple[Any, str, Any]] = [
        (course, "course", course.topics),
        (run, "course_run", run.tags),
        (program, "program", program.labels),
        (organization, "organization", organization.tags),
    ]
    steps: list[Callable[[Any], Any]] = [
        lambda tags: tags.add("art", "music"),
        lambda tags: tags.set(["art"]),
        lambda tags: tags.remove("art"),
        lambda tags: tags.set(["dance"]),
        lambda tags: tags.clear(),
    ]
    for row, kind, tags in tagged:
        for step in steps:
            with recorded() as entries:
                step(tags)
            assert {each for each in entries if each[0] != "tag"} == {entry(kind, row)}
