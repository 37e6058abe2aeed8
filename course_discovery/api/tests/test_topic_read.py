"""Reading topics, in the language asked for."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.tests.test_contract_keys import compare, fits
from course_discovery.api.v1.shapes.topic import TopicShape
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Topic
from course_discovery.course_metadata.tests.factories import PartnerFactory, TopicFactory

URL = "/api/v1/topics/"


@pytest.fixture
def python(partner: Partner) -> Topic:
    topic: Topic = TopicFactory(partner=partner, slug="python", name="Python")
    topic.translations.create(
        language_code="es", name="Pitón", subtitle="s", description="d", long_description="l"
    )
    return topic


@pytest.mark.parametrize(
    ("query", "name", "long_description"),
    [
        ("", "Python", None),
        ("?language_code=es", "Pitón", "l"),
        ("?language_code=xx", "Python", None),
    ],
)
def test_topics_come_in_the_language_asked_for(
    as_alice: APIClient, python: Topic, query: str, name: str, long_description: str | None
) -> None:
    for body in (
        as_alice.get(f"{URL}{query}").json()["results"][0],
        as_alice.get(f"{URL}{python.uuid}/{query}").json(),
    ):
        assert (body["name"], body["long_description"]) == (name, long_description)
        assert body["uuid"] == str(python.uuid)
        fits(body, TopicShape(), "topic")


def test_topics_of_all_partners_filter_by_slug(as_alice: APIClient, python: Topic) -> None:
    TopicFactory(partner=PartnerFactory(), slug="history")
    assert as_alice.get(URL).json()["count"] == 2
    found = as_alice.get(f"{URL}?slug=history").json()
    assert [each["slug"] for each in found["results"]] == ["history"]
    assert as_alice.get(f"{URL}?slug=hist").json()["count"] == 0


def test_both_ways_to_page(as_alice: APIClient, partner: Partner) -> None:
    made = [TopicFactory(partner=partner).slug for _ in range(3)]
    for query in ("limit=1&offset=1", "page=2&page_size=1"):
        body = as_alice.get(f"{URL}?{query}").json()
        assert (body["count"], [each["slug"] for each in body["results"]]) == (3, [made[1]])


def test_changes_are_seen_at_once(as_alice: APIClient, python: Topic) -> None:
    assert as_alice.get(f"{URL}{python.uuid}/").json()["name"] == "Python"
    translation = python.translations.get(language_code="en")
    translation.name = "Python 3"
    translation.save()
    assert as_alice.get(f"{URL}{python.uuid}/").json()["name"] == "Python 3"


@pytest.mark.parametrize("name", ["0", "python", "00000000-0000-4000-8000-000000000000"])
def test_addresses_of_nothing(as_alice: APIClient, partner: Partner, name: str) -> None:
    assert as_alice.get(f"{URL}{name}/").status_code == 404


def test_cost_does_not_depend_on_the_number_of_topics(
    as_alice: APIClient, partner: Partner
) -> None:
    def cost() -> int:
        as_alice.get(f"{URL}?limit=100")
        with CaptureQueriesContext(connection) as queries:
            as_alice.get(f"{URL}?limit=100")
        return len(queries)

    TopicFactory(partner=partner)
    few = cost()
    for _ in range(15):
        TopicFactory(partner=partner)
    assert cost() == few <= 10


@needs_samples
@pytest.mark.parametrize("sample", ["topics_list", "topic_detail"])
def test_keys_order_and_types_are_those_recorded(
    as_alice: APIClient, python: Topic, sample: str
) -> None:
    path = sample_path(sample)
    recorded = json.loads(path.read_text(encoding="utf-8"))["body"]
    address = URL if "results" in recorded else f"{URL}{python.uuid}/"
    compare(as_alice.get(address).json(), recorded, sample)
