"""Facets: each count leads to exactly as many hits; different things are counted once."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.searching import (
    EXTENSION,
    LISTS,
    V1,
    V2,
    Everything,
    build_indexes,
    make_everything,
)
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import ProgramType
from course_discovery.course_metadata.tests.factories import (
    LevelTypeFactory,
    PersonFactory,
    ProgramFactory,
)
from search.tests.catalog import make_course, make_run

FACETS = {
    "courses": "level_type organizations subjects prerequisites",
    "course_runs": (
        "language level_type mobile_available organizations pacing_type "
        "first_enrollable_paid_seat_price seat_types subjects transcript_languages content_type "
        "active"
    ),
    "programs": "type status seat_types",
    "people": "organizations",
    "all": (
        "content_type course_type enterprise_subscription_inclusion external_course_marketing_type "
        "product_source first_enrollable_paid_seat_price active language level_type "
        "mobile_available organizations pacing_type seat_types subjects status "
        "transcript_languages type"
    ),
}
FACETS["limited"] = FACETS["all"]


@pytest.fixture
def everything(no_index: Any, partner: Partner) -> Everything:
    made = make_everything(partner)
    level = LevelTypeFactory(name="Hard & <fast>")
    course = make_course(
        "MITx+1", partner=partner, runs=2, level_type=level, subject="Art: history"
    )
    make_run(course, "course-v1:MITx+1+hid", hidden=True)
    make_run(course, "course-v1:MITx+1+dra", status="unpublished")
    kind = ProgramType.objects.get(slug="xseries")
    ProgramFactory(partner=partner, type=kind, courses_in_order=[course])
    ProgramFactory(partner=partner, type=kind, status="retired")
    PersonFactory(partner=partner, published=False)
    build_indexes()
    return made


def items(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *(each for facet in body["fields"].values() for each in facet),
        *body["queries"].values(),
    ]


def test_facets_are_those_of_their_kind(as_alice: APIClient, everything: Everything) -> None:
    for url in LISTS:
        body = as_alice.get(f"{url}facets/").json()
        name = url.rstrip("/").rpartition("/")[2]
        assert list(body["fields"]) == FACETS[name].split()
        dated = name in ("all", "limited", "course_runs")
        assert bool(body["queries"]) == dated


def test_every_address_that_narrows_leads_to_its_count(
    as_alice: APIClient, everything: Everything
) -> None:
    for url in (*(f"{each}facets/" for each in LISTS), EXTENSION):
        asked = f"{url}?page_size=2&include_learner_pathways=true"
        found = items(as_alice.get(asked).json())
        assert found
        for each in found:
            assert each["narrow_url"].startswith(f"http://testserver{url}?page_size=2&")
            narrowed = as_alice.get(each["narrow_url"]).json()
            assert narrowed["objects"]["count"] == each["count"], each


def test_a_second_facet_narrows_further(as_alice: APIClient, everything: Everything) -> None:
    url = f"{V1}/all/facets/?selected_facets=content_type_exact:courserun&page=1"
    body = as_alice.get(url).json()
    for each in items(body):
        assert "page=" not in each["narrow_url"]
        assert "selected_facets=content_type_exact%3Acourserun" in each["narrow_url"]
        narrowed = as_alice.get(each["narrow_url"]).json()
        assert narrowed["objects"]["count"] == each["count"] <= body["objects"]["count"]


def test_what_is_hidden_or_not_published_is_not_counted(
    as_alice: APIClient, everything: Everything
) -> None:
    body = as_alice.get(f"{V1}/course_runs/facets/").json()
    keys = {row["key"] for row in body["objects"]["results"]}
    assert not keys & {"course-v1:MITx+1+hid", "course-v1:MITx+1+dra"}
    assert body["objects"]["count"] == 3
    statuses = as_alice.get(f"{V1}/programs/facets/").json()["fields"]["status"]
    assert [each["text"] for each in statuses] == ["active"]
    # People are counted whether they are published or not, as in the service before.
    assert as_alice.get(f"{V1}/people/facets/").json()["objects"]["count"] == 2


def test_facets_come_in_pages_with_the_hits(as_alice: APIClient, everything: Everything) -> None:
    for version in (V1, V2):
        url: str | None = f"{version}/all/facets/?page_size=2"
        seen = []
        while url:
            objects = as_alice.get(url).json()["objects"]
            seen += [row.get("uuid") or row["key"] for row in objects["results"]]
            url = objects["next"]
        assert len(seen) == len(set(seen)) == objects["count"]


def test_different_things_are_counted_once(as_alice: APIClient, everything: Everything) -> None:
    body = as_alice.get(f"{EXTENSION}?content_type=courserun").json()
    # Two runs of one course, and one of another.
    assert (body["objects"]["count"], body["objects"]["distinct_count"]) == (3, 2)
    [runs] = body["fields"]["content_type"]
    assert (runs["count"], runs["distinct_count"]) == (3, 2)
    assert list(runs) == ["text", "count", "narrow_url", "distinct_count"]
    for query in body["queries"].values():
        assert query["distinct_count"] <= query["count"]
        assert list(query) == ["count", "narrow_url", "distinct_count"]
    plain = as_alice.get(f"{V1}/all/facets/?content_type=courserun").json()
    assert list(plain["fields"]["content_type"][0]) == ["text", "count", "narrow_url"]
