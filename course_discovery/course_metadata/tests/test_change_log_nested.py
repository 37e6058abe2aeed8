"""Degrees and the courses of curricula, whose rows are objects within objects."""

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
    for write in (
        degree.save,
        lambda: degree.save(update_fields=["title"]),
        lambda: models.Degree.objects.filter(pk=degree.pk).update(title="By update"),
        lambda: models.Degree.objects.bulk_update([degree], ["overall_ranking"]),
    ):
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
    for write in (
        lambda: degree.rankings.add(ranking),
        lambda: degree.rankings.remove(ranking),
    ):
        with recorded() as entries:
            write()
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
    for row, kind, tags in (
        (course := factories.CourseFactory(), "course", course.topics),
        (run := factories.CourseRunFactory(), "course_run", run.tags),
        (program := factories.ProgramFactory(), "program", program.labels),
        (organization := factories.OrganizationFactory(), "organization", organization.tags),
    ):
        for write in (
            lambda tags=tags: tags.add("art", "music"),
            lambda tags=tags: tags.set(["art"]),
            lambda tags=tags: tags.remove("art"),
            lambda tags=tags: tags.set(["dance"]),
            lambda tags=tags: tags.clear(),
        ):
            with recorded() as entries:
                write()
            assert {each for each in entries if each[0] != "tag"} == {entry(kind, row)}
