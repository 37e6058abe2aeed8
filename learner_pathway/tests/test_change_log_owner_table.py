"""Every model of learner pathways keeps the promises of the change log."""

from typing import Any

import pytest
from django.db.models import Model

from course_discovery.core.changes import registry
from course_discovery.core.changes.expansion import expand
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.tests.entries import entry, in_order, recorded
from course_discovery.core.changes.tests.owner_table import (  # noqa: F401 - the suite
    Case,
    cases_of,
    test_a_rolled_back_write_leaves_no_entry,
    test_a_row_that_moves_is_told_to_the_object_that_it_left,
    test_creating_a_row_leaves_one_entry_of_its_owner,
    test_deleting_rows_leaves_entries_of_them_and_of_what_shows_them,
    test_updating_rows_leaves_one_entry_of_each_owner,
    unregistered,
)
from course_discovery.course_metadata.tests import factories as catalog
from learner_pathway import models
from learner_pathway.tests import factories

PLACES = (7, 8)
TO_STEP = (("step", factories.LearnerPathwayStepFactory),)


def _node(build: Any, **target: Any) -> Case:
    """A kind of nodes; `target` is what a node stands for."""
    return Case(
        lambda: build(
            step=factories.LearnerPathwayStepFactory(),
            **{name: make() for name, make in target.items()},
        ),
        "sort_value",
        PLACES,
        elsewhere=TO_STEP,
        shown=lambda row: [("learner_pathway_step", row.step)],
    )


CASES: dict[type[Model], Case] = {
    models.LearnerPathway: Case(factories.LearnerPathwayFactory.build, "title", ("One", "Other")),
    models.LearnerPathwayScope: Case(
        lambda: factories.LearnerPathwayScopeFactory.build(
            pathway=factories.LearnerPathwayFactory()
        ),
        "kind",
        ("enterprise", "learner_group"),
        kind="learner_pathway",
        owner=lambda row: row.pathway,
        elsewhere=(("pathway", factories.LearnerPathwayFactory),),
    ),
    models.LearnerPathwayStep: Case(
        lambda: factories.LearnerPathwayStepFactory.build(
            pathway=factories.LearnerPathwayFactory()
        ),
        "min_requirement",
        (2, 3),
        elsewhere=(("pathway", factories.LearnerPathwayFactory),),
        shown=lambda row: [("learner_pathway", row.pathway)],
    ),
    models.LearnerPathwayCourse: _node(
        factories.LearnerPathwayCourseFactory.build, course=catalog.CourseFactory
    ),
    models.LearnerPathwayProgram: _node(
        factories.LearnerPathwayProgramFactory.build, program=catalog.ProgramFactory
    ),
    models.LearnerPathwayBlock: _node(
        factories.LearnerPathwayBlockFactory.build, course=catalog.CourseFactory
    ),
}


@pytest.fixture(params=cases_of("learner_pathway", CASES))
def case(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_every_model_is_in_the_owner_table() -> None:
    assert unregistered("learner_pathway", {}) == []


def kinds_reached(row: Any) -> set[str]:
    """The kinds of what a change of `row` may be seen in."""
    rule = registry.object_of(type(row))
    assert rule
    of = rule.identity_of(row)
    change = Change(kind=of.kind, uuid=of.uuid, key=of.key, draft=of.draft, operation="update")
    return {each.kind for each in expand([change])}


def test_changes_of_content_are_seen_in_pathways(db: None) -> None:
    course = catalog.CourseRunFactory().course
    node = factories.LearnerPathwayCourseFactory(course=course)
    seen = {"learner_pathway_course", "learner_pathway_step", "learner_pathway"}
    assert seen <= kinds_reached(course)
    assert seen <= kinds_reached(course.course_runs.get())
    assert seen <= kinds_reached(node)


def test_changes_of_a_programs_courses_and_runs_are_seen_in_pathways(db: None) -> None:
    run = catalog.CourseRunFactory()
    program = catalog.ProgramFactory(courses_in_order=[run.course])
    factories.LearnerPathwayProgramFactory(program=program)
    seen = {"learner_pathway_program", "learner_pathway_step", "learner_pathway"}
    for row in (program, run.course, run):
        assert seen <= kinds_reached(row)


def test_a_deleted_course_takes_its_nodes_and_the_steps_hear(db: None) -> None:
    node = factories.LearnerPathwayCourseFactory()
    course = node.course
    promised = [
        entry("course", course, Change.DELETE),
        entry("learner_pathway_course", node, Change.DELETE),
        entry("learner_pathway_step", node.step),
    ]
    with recorded() as entries:
        course.delete()
    assert entries == in_order(promised)


def test_a_deleted_pathway_takes_all_that_is_in_it(db: None) -> None:
    step = factories.LearnerPathwayStepFactory(courses=[catalog.CourseFactory()])
    factories.LearnerPathwayScopeFactory(pathway=step.pathway)
    with recorded() as entries:
        step.pathway.delete()
    assert {each[3] for each in entries} == {Change.DELETE}
    assert models.LearnerPathwayStep.objects.count() == 0
    assert models.LearnerPathwayCourse.objects.count() == 0
