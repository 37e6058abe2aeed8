"""A search asks the database and the engine as often for three rows as for thirty."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.programs import make_program
from course_discovery.api.tests.searching import (
    EXTENSION,
    LISTS,
    V1,
    Everything,
    build_indexes,
    make_everything,
)
from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import PersonFactory
from learner_pathway.tests.factories import LearnerPathwayFactory, LearnerPathwayStepFactory
from search.tests.conftest import asked

__all__ = ["asked"]

PARAMETERS = "page_size=100&include_learner_pathways=true"
URLS = (
    *(f"{url}?{PARAMETERS}" for url in LISTS),
    *(f"{url}facets/?{PARAMETERS}" for url in LISTS),
    f"{EXTENSION}?{PARAMETERS}",
    f"{V1}/all/?{PARAMETERS}&detail_fields=1&exclude_expired_course_run=1",
    f"{V1}/typeahead?q=course",
    f"{V1}/courses/NorthU+PHY101/",
)


@pytest.fixture
def everything(no_index: Any, partner: Partner) -> Everything:
    made = make_everything(partner)
    build_indexes()
    return made


def cost(client: APIClient, url: str, asked: list[Any]) -> tuple[int, int]:
    client.get(url)  # what is cached for the process is cached now
    asked.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries), len(asked)


def test_cost_does_not_depend_on_the_number_of_hits(
    as_alice: APIClient, partner: Partner, everything: Everything, asked: list[Any]
) -> None:
    few = {url: cost(as_alice, url, asked) for url in URLS}
    for number in range(12):
        program = make_program(partner, f"C+{number}", f"D+{number}", title=f"Program {number}")
        PersonFactory(partner=partner)
        LearnerPathwayStepFactory(pathway=LearnerPathwayFactory(), programs=[program])
    build_indexes()
    many = {url: cost(as_alice, url, asked) for url in URLS}
    assert many == few
    for url, (queries, requests) in many.items():
        assert queries <= 3, url
        # Facets are counted and shown by two requests; typing asks for two kinds.
        assert requests <= (2 if "facets" in url or "typeahead" in url else 1), url
