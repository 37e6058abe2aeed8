"""Storing and deleting whole pathways."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_discovery.core.changes.tests.entries import entry, recorded
from course_discovery.course_metadata.models import Course, Program
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.references import UnknownCourseKey, UnknownProgram
from course_discovery.course_metadata.operations.running import Outcome, Refusal
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    PartnerFactory,
    ProgramFactory,
)
from learner_pathway.models import LearnerPathway, LearnerPathwayStep, ScopeKind
from learner_pathway.operations.learner_pathway import (
    MOST_SCOPES,
    TooManyScopes,
    UnknownLearnerPathway,
    create_or_update_learner_pathway,
    delete_learner_pathway,
)
from learner_pathway.operations.learner_pathway_node import AmbiguousCourseKey, SameNodeTwice
from learner_pathway.operations.learner_pathway_step import TooFewNodes, TooManySteps, UnknownStep
from learner_pathway.tests.factories import LearnerPathwayFactory

pytestmark = pytest.mark.django_db
BLOCK = "block-v1:NorthU+PHY101+1T2030+type@video+block@intro"


@pytest.fixture
def physics(db: None) -> Course:
    course: Course = CourseFactory(key="NorthU+PHY101")
    CourseFactory(key="NorthU+PHY101", partner=course.partner, draft=True)
    return course


@pytest.fixture
def maths(db: None) -> Course:
    course: Course = CourseFactory(key="NorthU+MAT1")
    return course


@pytest.fixture
def program(db: None) -> Program:
    program: Program = ProgramFactory()
    return program


def store(**told: Any) -> LearnerPathway:
    """A pathway, new unless `uuid` says which."""
    values = {} if "uuid" in told else {"title": "To the stars"}
    return create_or_update_learner_pathway(**{"values": values} | told).row


def content(pathway: LearnerPathway) -> list[Any]:
    """What is stored of a pathway's steps, in order."""
    return [
        (
            step.min_requirement,
            [node.course.key for node in step.course_nodes.all()],
            [node.program.uuid for node in step.program_nodes.all()],
            [(node.course.key, node.block_id) for node in step.block_nodes.all()],
        )
        for step in pathway.steps.all()
    ]


def uuids(pathway: LearnerPathway) -> list[Any]:
    """The uuids of steps and nodes."""
    steps = list(pathway.steps.all())
    nodes = [
        node.uuid
        for step in steps
        for manager in (step.course_nodes, step.program_nodes, step.block_nodes)
        for node in manager.all()
    ]
    return [*(step.uuid for step in steps), *nodes]


def test_a_pathway_is_stored_with_its_steps_and_nodes(
    physics: Course, maths: Course, program: Program
) -> None:
    written = create_or_update_learner_pathway(
        values={"title": " To the stars ", "status": "active", "overview": "<p>Up</p><script/>"},
        steps=[
            {"min_requirement": 2, "courses": ["NorthU+MAT1", "northu+phy101"]},
            {
                "programs": [program.uuid],
                "blocks": [{"course": "NorthU+PHY101", "block_id": BLOCK}],
            },
        ],
        scopes=[{"kind": ScopeKind.ENTERPRISE, "uuid": uuid.uuid4()}],
    )
    assert written.outcome is Outcome.CREATED
    pathway = LearnerPathway.objects.get()
    assert (pathway.title, pathway.overview) == ("To the stars", "<p>Up</p>")
    assert content(pathway) == [
        (2, ["NorthU+MAT1", "NorthU+PHY101"], [], []),
        (1, [], [program.uuid], [("NorthU+PHY101", BLOCK)]),
    ]
    assert pathway.scopes.count() == 1
    # Never the draft.
    assert pathway.steps.get(min_requirement=2).course_nodes.get(course=physics)


def test_a_pathway_is_made_under_the_uuid_that_is_told(physics: Course) -> None:
    mark = uuid.uuid4()
    told: Any = {
        "uuid": mark,
        "values": {"title": "One", "status": "active"},
        "steps": [{"courses": [physics.key]}],
    }
    first = create_or_update_learner_pathway(**told)
    known = uuids(first.row)
    again = create_or_update_learner_pathway(**told)
    assert (first.row.uuid, first.outcome) == (mark, Outcome.CREATED)
    assert (again.row.pk, again.outcome) == (first.row.pk, Outcome.UNCHANGED)
    assert uuids(again.row) == known


def test_what_is_not_told_stays(physics: Course) -> None:
    scope: Any = {"kind": ScopeKind.LEARNER_GROUP, "uuid": uuid.uuid4()}
    pathway = store(steps=[{"courses": [physics.key]}], scopes=[scope])
    before = content(pathway)
    store(uuid=pathway.uuid, values={"title": "Other"})
    pathway.refresh_from_db()
    assert pathway.title == "Other"
    assert content(pathway) == before
    assert pathway.scopes.count() == 1
    store(uuid=pathway.uuid, steps=[], scopes=[])
    assert (content(pathway), pathway.scopes.count()) == ([], 0)


def test_steps_keep_their_uuids_when_they_move(
    physics: Course, maths: Course, program: Program
) -> None:
    pathway = store(steps=[{"courses": [physics.key]}, {"programs": [program.uuid]}])
    first, second = pathway.steps.all()
    node = first.course_nodes.get()
    # By its uuid a step may get other nodes; what is not told of it stays.
    store(
        uuid=pathway.uuid,
        steps=[{"uuid": second.uuid}, {"uuid": first.uuid, "courses": [maths.key, physics.key]}],
    )
    assert [step.uuid for step in pathway.steps.all()] == [second.uuid, first.uuid]
    assert content(pathway) == [
        (1, [], [program.uuid], []),
        (1, [maths.key, physics.key], [], []),
    ]
    assert first.course_nodes.get(course=physics).uuid == node.uuid
    # Without a uuid it is the step that has the same nodes.
    store(
        uuid=pathway.uuid,
        steps=[
            {"courses": [physics.key, maths.key], "min_requirement": 2},
            {"courses": [maths.key]},
        ],
    )
    new = pathway.steps.last()
    assert new is not None
    assert [step.uuid for step in pathway.steps.all()] == [first.uuid, new.uuid]
    assert new.uuid != second.uuid
    assert content(pathway)[0] == (2, [physics.key, maths.key], [], [])


def test_only_what_changes_is_written(physics: Course) -> None:
    pathway = store(steps=[{"courses": [physics.key]}])
    step = pathway.steps.get()
    told: Any = [{"uuid": step.uuid, "courses": [physics.key], "min_requirement": 1}]
    with recorded() as entries:
        store(uuid=pathway.uuid, values={"title": "Other"}, steps=told)
    assert entries == [entry("learner_pathway", pathway)]
    with recorded() as entries:
        store(uuid=pathway.uuid, values={"title": "Other"}, steps=told)
    assert entries == []


def test_courses_of_the_pathways_own_partner_come_first(physics: Course) -> None:
    other = CourseFactory(key=physics.key, partner=PartnerFactory())
    pathway = store(values={"title": "One", "partner": other.partner})
    store(uuid=pathway.uuid, steps=[{"courses": [physics.key]}])
    assert pathway.steps.get().course_nodes.get().course == other
    with pytest.raises(AmbiguousCourseKey, match=r"NorthU\+PHY101"):
        store(steps=[{"courses": [physics.key]}])
    # Another partner's course may be a node too, if nothing else has the key.
    elsewhere = CourseFactory()
    store(uuid=pathway.uuid, steps=[{"courses": [elsewhere.key]}])
    assert pathway.steps.get().course_nodes.get().course == elsewhere


def step(**values: Any) -> dict[str, Any]:
    """The steps of a call."""
    return {"steps": [{"courses": ["NorthU+PHY101"]} | values]}


REFUSED: list[tuple[dict[str, Any], type[Refusal], str]] = [
    (step(min_requirement=2), TooFewNodes, "requires 2 of its 1 nodes"),
    (step(courses=[]), TooFewNodes, "requires 1 of its 0 nodes"),
    (step(min_requirement=0), UnfitValue, "min_requirement"),
    (step(min_requirement=40_000), UnfitValue, "min_requirement"),
    (step(min_requirement=None), UnfitValue, "min_requirement"),
    (step(courses=["X+Y"]), UnknownCourseKey, r"X\+Y"),
    (step(courses=["course-v1:NorthU+PHY101+1"]), UnknownCourseKey, "course-v1"),
    (step(courses=["NorthU+PHY101", "northu+phy101"]), SameNodeTwice, "courses"),
    (step(programs=[uuid.UUID(int=1)]), UnknownProgram, str(uuid.UUID(int=1))),
    (step(uuid=uuid.UUID(int=2)), UnknownStep, str(uuid.UUID(int=2))),
    (step(blocks=[{"course": "X+Y", "block_id": BLOCK}]), UnknownCourseKey, r"X\+Y"),
    (step(blocks=[{"course": "NorthU+MAT1", "block_id": BLOCK}]), UnfitValue, "block_id"),
    (step(blocks=[{"course": "NorthU+PHY101", "block_id": "zzz"}]), UnfitValue, "block_id"),
    (step(blocks=[{"course": "NorthU+PHY101", "block_id": BLOCK}] * 2), SameNodeTwice, "blocks"),
    (step(courses=["NorthU+PHY101"] * 101), TooManySteps, "more than 100 nodes"),
    ({"steps": [{"courses": ["NorthU+PHY101"]}] * 101}, TooManySteps, "more than 100"),
    ({"values": {"title": ""}}, UnfitValue, "title"),
    ({"values": {"title": "x" * 256}}, UnfitValue, "title"),
    ({"values": {"title": "x\x00"}}, UnfitValue, "title"),
    ({"values": {"status": "retired"}}, UnfitValue, "status"),
    ({"scopes": [{"kind": "planet", "uuid": uuid.uuid4()}]}, UnfitValue, "kind"),
    (
        {"scopes": [{"kind": ScopeKind.ENTERPRISE, "uuid": uuid.uuid4()}] * (MOST_SCOPES + 1)},
        TooManyScopes,
        "scopes",
    ),
]


@pytest.mark.parametrize(("told", "refusal", "reason"), REFUSED)
def test_what_cannot_be_taken_is_refused_whole(
    physics: Course, maths: Course, told: dict[str, Any], refusal: type[Refusal], reason: str
) -> None:
    pathway = store(steps=[{"courses": [maths.key]}])
    before = content(pathway)
    with recorded() as entries, pytest.raises(refusal, match=reason), transaction.atomic():
        store(uuid=pathway.uuid, **{"values": {"title": "Changed"}} | told)
    assert entries == []
    pathway.refresh_from_db()
    assert (pathway.title, content(pathway)) == ("To the stars", before)


def test_a_new_pathway_needs_a_title() -> None:
    with pytest.raises(UnfitValue, match="title"):
        create_or_update_learner_pathway()
    assert LearnerPathway.objects.count() == 0


def test_a_step_is_told_once_only(physics: Course) -> None:
    pathway = store(steps=[{"courses": [physics.key]}])
    told: Any = {"uuid": pathway.steps.get().uuid}
    with pytest.raises(UnknownStep):
        store(uuid=pathway.uuid, steps=[told, told])


def test_steps_of_other_pathways_are_not_taken(physics: Course) -> None:
    other = store(steps=[{"courses": [physics.key]}])
    with pytest.raises(UnknownStep):
        store(steps=[{"uuid": other.steps.get().uuid}])


def test_a_pathway_is_deleted_with_all_that_is_in_it(physics: Course) -> None:
    pathway = store(steps=[{"courses": [physics.key]}])
    delete_learner_pathway(uuid=pathway.uuid)
    assert LearnerPathway.objects.count() == LearnerPathwayStep.objects.count() == 0
    assert Course.objects.filter(pk=physics.pk).exists()
    with pytest.raises(UnknownLearnerPathway, match=str(pathway.uuid)):
        delete_learner_pathway(uuid=pathway.uuid)


def test_the_database_itself_keeps_requirements_above_zero(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LearnerPathwayStep.objects.create(pathway=LearnerPathwayFactory(), min_requirement=0)


# Whatever is told, one after another: what is stored is what was told last.

KEYS = ("A+1", "B+2", "C+3")
nodes = st.lists(st.sampled_from(KEYS), unique=True, min_size=1, max_size=3)
pathways = st.lists(
    st.tuples(nodes, st.integers(1, 3)).map(lambda told: (told[0], min(told[1], len(told[0])))),
    max_size=3,
)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(versions=st.lists(pathways, min_size=1, max_size=4))
def test_what_is_stored_is_what_was_told_last(db: None, versions: list[Any]) -> None:
    with transaction.atomic():
        for key in KEYS:
            CourseFactory(key=key)
        pathway = store()
        for steps in versions:
            told: Any = [{"courses": keys, "min_requirement": n} for keys, n in steps]
            kept = {
                (frozenset(node.course.key for node in step.course_nodes.all()), step.uuid)
                for step in pathway.steps.all()
            }
            store(uuid=pathway.uuid, steps=told)
            assert content(pathway) == [(n, list(keys), [], []) for keys, n in steps]
            again = create_or_update_learner_pathway(uuid=pathway.uuid, steps=told)
            assert again.outcome is Outcome.UNCHANGED
            # A step that is told with the same nodes is the same step.
            present = {step.uuid for step in pathway.steps.all()}
            wanted = [frozenset(keys) for keys, _n in steps]
            for content_kept in {each for each, _uuid in kept}:
                before = {mark for each, mark in kept if each == content_kept}
                assert len(before & present) == min(len(before), wanted.count(content_kept))
        transaction.set_rollback(True)
