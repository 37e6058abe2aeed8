"""The service that keeps catalogs of companies: what a content filter finds, page by page."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.clients.reading import has
from course_discovery.api.tests.searching import Everything, build_indexes, make_everything
from course_discovery.core.models import Partner
from search.tests.catalog import make_course, make_run, restrict

URL = "/api/v1/search/all/"
ASKED = {
    "exclude_expired_course_run": "True",
    "include_learner_pathways": "True",
    "ordering": "aggregation_key,start",
    "page_size": "100",
}
# As edx-enterprise makes it for a new customer, and what else its administrators write.
DEFAULT_FILTER = {
    "content_type": "course",
    "partner": "edx",
    "level_type": ["Introductory", "Intermediate", "Advanced"],
    "availability": ["Current", "Starting Soon", "Upcoming"],
    "status": "published",
}


@pytest.fixture
def everything(no_index: Any, partner: Partner) -> Everything:
    made = make_everything(partner)
    for number in range(12):
        make_course(f"NorthU+CHE{number}", partner=partner, runs=1)
    restrict(make_run(made.course, "course-v1:NorthU+PHY101+B2B"), "custom-b2b-enterprise")
    build_indexes()
    return made


def found(client: APIClient, content_filter: dict[str, Any], **more: str) -> list[dict[str, Any]]:
    """All rows: the filter is sent with every page, until there is no `next`."""
    rows: list[dict[str, Any]] = []
    for page in range(1, 50):
        query = "&".join(f"{name}={value}" for name, value in {**ASKED, **more}.items())
        answer = client.post(f"{URL}?{query}&page={page}", content_filter, format="json")
        assert answer.status_code == 200, answer.content
        rows += answer.json()["results"]
        if answer.json()["next"] is None:
            return rows
    raise AssertionError("The pages have no end.")


def test_a_filter_is_sent_with_every_page(as_alice: APIClient, everything: Everything) -> None:
    rows = found(as_alice, {"content_type": "course"}, page_size="5")
    assert len(rows) == len({row["aggregation_key"] for row in rows}) == 13


def test_unknown_keys_of_a_filter_do_not_count(as_alice: APIClient, everything: Everything) -> None:
    forced = ["course:NorthU+PHY101"]
    content_filter = {
        "content_type": ["course", "program"], "enterprise_force_include_aggregation_keys": forced,
        "uuid": [str(everything.course.uuid)],
    }  # fmt: skip
    kinds = {row["content_type"] for row in found(as_alice, content_filter)}
    assert kinds == {"course", "program"}


def test_every_kind_has_what_it_stores(as_alice: APIClient, everything: Everything) -> None:
    rows = {row["content_type"]: row for row in found(as_alice, {})}
    has(
        next(row for row in found(as_alice, {"aggregation_key": "course:NorthU+PHY101"})),
        "content_type key uuid aggregation_key product_source course_type seat_types end_date "
        "course_ends languages course_runs card_image_url",
    )
    has(rows["courserun"], "content_type key aggregation_key seat_types")
    has(rows["program"], "content_type uuid aggregation_key card_image_url")
    has(
        rows["learnerpathway"],
        "content_type uuid aggregation_key visible_via_association status created steps card_image",
    )
    assert rows["learnerpathway"]["aggregation_key"] == f"learnerpathway:{everything.pathway.uuid}"


def test_the_filter_of_new_customers_is_understood(
    as_alice: APIClient, everything: Everything
) -> None:
    everywhere = {**DEFAULT_FILTER, "level_type": None}
    assert found(as_alice, everywhere)
    assert all(row["content_type"] == "course" for row in found(as_alice, everywhere))
    prices = {"first_enrollable_paid_seat_price__lte": "0", "content_type": ["courserun"]}
    assert found(as_alice, prices) == []
    but = {"content_type": "course", "course_type__exclude": everything.course.type.slug}
    assert everything.course.key not in {row["key"] for row in found(as_alice, but)}


def test_restricted_runs_are_there_for_those_who_ask(
    as_alice: APIClient, everything: Everything
) -> None:
    def runs(**more: str) -> set[Any]:
        [course] = found(as_alice, {"aggregation_key": ["course:NorthU+PHY101"]}, **more)
        for run in course["course_runs"]:
            has(run, "key status restriction_type")
        return {run["restriction_type"] for run in course["course_runs"]}

    assert runs() == {None}
    assert runs(include_restricted="custom-b2b-enterprise") == {None, "custom-b2b-enterprise"}
