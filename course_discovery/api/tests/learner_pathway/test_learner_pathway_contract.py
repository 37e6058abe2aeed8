"""Learner pathways as clients know them: keys, types, and what they cost."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.learner_pathway.asking import (
    BLOCKS,
    COURSES,
    LISTS,
    PROGRAMS,
    STEPS,
    URL,
    results,
)
from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.tests.test_contract_keys import compare, fits
from course_discovery.api.v1.shapes.learner_pathway import (
    LearnerPathwayBlockShape,
    LearnerPathwayCourseShape,
    LearnerPathwayProgramShape,
    LearnerPathwayShape,
    LearnerPathwayStepShape,
)
from course_discovery.course_metadata.tests.factories import (
    CourseRunFactory,
    ProgramFactory,
)
from learner_pathway.models import LearnerPathway
from learner_pathway.tests.factories import (
    LearnerPathwayBlockFactory,
    LearnerPathwayFactory,
    LearnerPathwayStepFactory,
)

RESOURCES = {
    URL: (LearnerPathwayShape, "learner_pathway_list"),
    STEPS: (LearnerPathwayStepShape, "learner_pathway_step_list"),
    COURSES: (LearnerPathwayCourseShape, "learner_pathway_course_list"),
    PROGRAMS: (LearnerPathwayProgramShape, "learner_pathway_program_list"),
    BLOCKS: (LearnerPathwayBlockShape, "learner_pathway_block_list"),
}


@pytest.mark.parametrize("url", RESOURCES)
def test_answers_have_the_keys_of_their_shape(as_alice: APIClient, pathway: Any, url: str) -> None:
    for answer in results(as_alice, url):
        fits(answer, RESOURCES[url][0](), url)


def recorded(name: str) -> Any:
    path = sample_path(name)
    return json.loads(path.read_text(encoding="utf-8"))["body"]


@needs_samples
@pytest.mark.parametrize("url", RESOURCES)
def test_keys_order_and_types_are_those_recorded(
    as_alice: APIClient, pathway: Any, url: str
) -> None:
    compare(as_alice.get(url).json(), recorded(RESOURCES[url][1]), url)


@needs_samples
def test_single_pathways_are_as_recorded(as_alice: APIClient, pathway: Any) -> None:
    one = f"{URL}{pathway.uuid}/"
    compare(as_alice.get(one).json(), recorded("learner_pathway_detail"), one)
    compare(as_alice.get(f"{one}snapshot/").json(), recorded("learner_pathway_snapshot"), one)
    assert as_alice.get(f"{URL}uuids/").json() == recorded("learner_pathway_uuids")


def cost(client: APIClient, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def add_pathways(count: int) -> None:
    for _ in range(count):
        pathway = LearnerPathwayFactory()
        for _ in range(2):
            courses = [CourseRunFactory().course for _ in range(2)]
            step = LearnerPathwayStepFactory(
                pathway=pathway,
                courses=courses,
                programs=[ProgramFactory(courses_in_order=courses)],
            )
            LearnerPathwayBlockFactory(step=step, course=courses[0])


def test_the_cost_of_lists_does_not_depend_on_their_length(as_alice: APIClient, db: None) -> None:
    def costs() -> dict[str, int]:
        found = {}
        for url in LISTS:
            as_alice.get(f"{url}?limit=100")
            found[url] = cost(as_alice, f"{url}?limit=100")
        return found

    add_pathways(2)
    few = costs()
    add_pathways(12)
    assert costs() == few
    assert max(few.values()) <= 10, few


def test_a_single_pathway_is_cheap_even_when_it_must_be_rendered(
    as_alice: APIClient, db: None
) -> None:
    add_pathways(2)
    one, other = LearnerPathway.objects.all()
    cost(as_alice, f"{URL}{one.uuid}/")
    assert cost(as_alice, f"{URL}{one.uuid}/") <= 12
    # Nothing is stored of the other one yet.
    rendered = cost(as_alice, f"{URL}{other.uuid}/")
    assert rendered <= 30, rendered
