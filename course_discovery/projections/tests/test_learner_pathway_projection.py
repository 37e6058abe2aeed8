"""Learner pathways, steps and nodes as they are rendered, and what marks them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    Program,
    ProgramCourse,
    RestrictedCourseRun,
)
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PartnerFactory,
    ProgramFactory,
    SeatFactory,
)
from course_discovery.projections.kinds import KINDS
from course_discovery.projections.learner_pathway import render_learner_pathways
from course_discovery.projections.stored import read_data
from course_discovery.projections.tests.places import Place, marked, place
from learner_pathway.models import LearnerPathway, LearnerPathwayBlock, LearnerPathwayStep
from learner_pathway.tests.factories import (
    LearnerPathwayBlockFactory,
    LearnerPathwayCourseFactory,
    LearnerPathwayFactory,
    LearnerPathwayScopeFactory,
    LearnerPathwayStepFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 1, tzinfo=UTC)
OURS = [name for name in KINDS if name.startswith("learner_pathway")]


@dataclass
class World:
    """A pathway of two steps, and another one that shares nothing with it."""

    run: CourseRun
    course: Course
    member_run: CourseRun
    program: Program
    pathway: LearnerPathway
    first: LearnerPathwayStep
    second: LearnerPathwayStep
    block: LearnerPathwayBlock
    other: LearnerPathwayStep

    @property
    def other_course(self) -> Course:
        """The course of the other pathway."""
        return self.other.course_nodes.get().course

    @property
    def other_line(self) -> list[Model]:
        """What shows that course."""
        return [self.other.course_nodes.get(), self.other, self.other.pathway]

    @property
    def course_line(self) -> list[Model]:
        """What shows the course."""
        return [self.first.course_nodes.get(), self.first, self.pathway]

    @property
    def program_line(self) -> list[Model]:
        """What shows the program."""
        return [self.second.program_nodes.get(), self.second, self.pathway]


@pytest.fixture
def world(db: None) -> World:
    partner = PartnerFactory()
    organization = OrganizationFactory(partner=partner)
    course = CourseFactory(partner=partner, organizations=[organization], image="media/c/a.png")
    run, member_run = CourseRunFactory(course=course), CourseRunFactory()
    program = ProgramFactory(partner=partner, courses_in_order=[member_run.course])
    pathway = LearnerPathwayFactory(partner=partner, banner_image="media/b/a.png")
    first = LearnerPathwayStepFactory(pathway=pathway, courses=[course])
    return World(
        run=run,
        course=course,
        member_run=member_run,
        program=program,
        pathway=pathway,
        first=first,
        second=LearnerPathwayStepFactory(pathway=pathway, programs=[program]),
        block=LearnerPathwayBlockFactory(step=first, course=course),
        other=LearnerPathwayStepFactory(courses=[CourseFactory(partner=partner)]),
    )


def stored() -> dict[Place, Any]:
    """Every projection of these kinds as it is read; all are stored afterwards."""
    return {
        (name, pk): data
        for name in OURS
        for pk, data in read_data(
            name, list(KINDS[name].model._base_manager.values_list("pk", flat=True)), now=NOW
        ).items()
    }


def fresh() -> dict[Place, Any]:
    """The same, rendered now."""
    return {
        (name, pk): data
        for name in OURS
        for pk, data in KINDS[name]
        .render(list(KINDS[name].model._base_manager.values_list("pk", flat=True)), NOW, "")
        .items()
    }


def save(row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


# What is written, and what of pathways shows it.
CHANGES: dict[str, tuple[Callable[[World], Any], Callable[[World], list[Any]]]] = {
    "course": (lambda w: save(w.course, title="Other"), lambda w: w.course_line),
    "course in bulk": (
        lambda w: Course.objects.filter(pk=w.course.pk).update(card_image_url="https://x.test/"),
        lambda w: w.course_line,
    ),
    "run": (
        lambda w: save(w.run, status=CourseRunStatus.UNPUBLISHED),
        lambda w: w.course_line,
    ),
    "new run": (lambda w: CourseRunFactory(course=w.course), lambda w: w.course_line),
    "deleted run": (lambda w: w.run.delete(), lambda w: w.course_line),
    "restriction": (
        lambda w: RestrictedCourseRun.everything.create(
            course_run=w.run, restriction_type="custom-b2c"
        ),
        lambda w: w.course_line,
    ),
    "program": (lambda w: save(w.program, subtitle="Other"), lambda w: w.program_line),
    "course of the program": (
        lambda w: save(w.member_run.course, title="Other"),
        lambda w: w.program_line,
    ),
    "run of the program": (
        lambda w: save(w.member_run, status=CourseRunStatus.UNPUBLISHED),
        lambda w: w.program_line,
    ),
    "new course of the program": (
        lambda w: ProgramCourse.objects.create(program=w.program, course=w.other_course),
        # The course names its programs, so it is told too, and what shows it is looked at.
        lambda w: [*w.program_line, *w.other_line],
    ),
    "course node": (
        lambda w: save(w.first.course_nodes.get(), sort_value=9),
        lambda w: w.course_line,
    ),
    "block node": (
        lambda w: save(w.block, sort_value=9),
        lambda w: [w.block, w.first, w.pathway],
    ),
    "deleted block node": (lambda w: w.block.delete(), lambda w: [w.first, w.pathway]),
    "step": (lambda w: save(w.first, sort_value=99), lambda w: [w.first, w.pathway]),
    "steps in bulk": (
        lambda w: w.pathway.steps.update(min_requirement=2),
        lambda w: [w.first, w.second, w.pathway],
    ),
    "pathway": (lambda w: save(w.pathway, title="Other"), lambda w: [w.pathway]),
    "scope": (lambda w: LearnerPathwayScopeFactory(pathway=w.pathway), lambda w: [w.pathway]),
    "code of the partner": (
        lambda w: save(w.pathway.partner, short_code="other"),
        lambda w: [w.pathway],
    ),
    # What a pathway does not show.
    "organization": (
        lambda w: save(w.course.authoring_organizations.get(), name="x"),
        lambda w: [],
    ),
    "seat": (lambda w: SeatFactory(course_run=w.run), lambda w: w.course_line),
    "type of the program": (lambda w: save(w.program.type, slug="other"), lambda w: []),
    "another course": (lambda w: CourseFactory(), lambda w: []),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_marks_what_shows_it_and_nothing_else(world: World, name: str) -> None:
    write, shows = CHANGES[name]
    stored()
    expected = {place(row) for row in shows(world)}
    write(world)
    assert {each for each in marked() if each[0] in OURS and each in fresh()} == expected
    assert stored() == fresh()


def toggle(rows: Any, **columns: Any) -> None:
    """Delete the row with these columns, or make it."""
    found = rows.filter(**columns)
    if found.exists():
        found.delete()
    else:
        rows.create(**columns)


def status(number: int) -> str:
    return (CourseRunStatus.PUBLISHED, CourseRunStatus.UNPUBLISHED)[number % 2]


EDITS: tuple[Callable[[World, int], Any], ...] = (
    lambda w, n: save(w.course, title=f"Title {n}"),
    lambda w, n: save(w.run, status=status(n)),
    lambda w, n: CourseRun.objects.filter(pk=w.member_run.pk).update(status=status(n)),
    lambda w, n: save(w.program, subtitle=f"Subtitle {n}"),
    lambda w, n: save(w.first, sort_value=n),
    lambda w, n: w.pathway.steps.update(min_requirement=n + 1),
    lambda w, n: save(w.pathway, overview=f"<p>{n}</p>"),
    lambda w, n: toggle(ProgramCourse.objects, program=w.program, course=w.other_course),
    lambda w, n: toggle(w.second.course_nodes, course=w.other_course),
    lambda w, n: toggle(w.second.block_nodes, course=w.course, block_id=w.block.block_id),
    lambda w, n: toggle(
        RestrictedCourseRun.everything, course_run=w.run, restriction_type="custom-b2c"
    ),
)


@settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 4)), max_size=8))
def test_what_is_stored_is_what_would_be_rendered(world: World, edits: list[Any]) -> None:
    # The edits of one example are made upon those of the one before.
    for edit, number in edits:
        edit(world, number)
        assert stored() == fresh()


def test_facts_for_the_index(world: World) -> None:
    rendered = render_learner_pathways([world.pathway.pk])[world.pathway.pk]
    facts = {name: value for name, value in rendered.items() if name.startswith("_")}
    assert set(facts.pop("_banner_image")) == {"large", "medium", "small", "x-small"}
    assert facts == {
        "_card_image": {},
        "_partner": world.course.partner.short_code,
        "_visible_via_association": True,
        "_created": world.pathway.created.isoformat().replace("+00:00", "Z"),
    }
    nobody = LearnerPathwayFactory()
    assert render_learner_pathways([nobody.pk])[nobody.pk]["_partner"] == ""


def test_steps_and_nodes_inside_a_pathway_are_those_that_stand_alone(world: World) -> None:
    found = stored()
    steps = found[place(world.pathway)]["steps"]
    assert steps == [found[place(world.first)], found[place(world.second)]]
    assert steps[0]["courses"] == [found[place(world.first.course_nodes.get())]]
    assert steps[1]["programs"] == [found[place(world.second.program_nodes.get())]]


def test_nodes_stand_in_their_order(world: World) -> None:
    LearnerPathwayCourseFactory(step=world.first, course=world.other_course, sort_value=5)
    save(world.first.course_nodes.first(), sort_value=6)
    keys = [each["key"] for each in fresh()[place(world.first)]["courses"]]
    assert keys == [world.other_course.key, world.course.key]


def test_rows_that_are_gone_are_left_out(world: World) -> None:
    for name in OURS:
        assert KINDS[name].render([10**9], NOW, "") == {}


def test_the_cost_does_not_depend_on_the_number_of_rows(world: World) -> None:
    def costs() -> dict[str, int]:
        found = {}
        for name in OURS:
            pks = list(KINDS[name].model._base_manager.values_list("pk", flat=True))
            with CaptureQueriesContext(connection) as queries:
                KINDS[name].render(pks, NOW, "")
            found[name] = len(queries)
        return found

    few = costs()
    for _ in range(5):
        step = LearnerPathwayStepFactory(courses=[world.course], programs=[world.program])
        LearnerPathwayBlockFactory(step=step, course=world.course)
    assert (
        costs()
        == few
        == {
            "learner_pathway": 7,
            "learner_pathway_step": 6,
            "learner_pathway_course": 2,
            "learner_pathway_program": 3,
            "learner_pathway_block": 1,
        }
    )
