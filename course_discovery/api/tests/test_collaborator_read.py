"""Reading collaborators."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.tests.test_contract_keys import compare, fits
from course_discovery.api.v1.shapes.collaborator import CollaboratorShape
from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import CollaboratorFactory

URL = "/api/v1/collaborators/"


def names(client: APIClient) -> list[str]:
    return [each["name"] for each in client.get(URL).json()["results"]]


def test_a_collaborator_with_and_without_a_picture(as_alice: APIClient) -> None:
    bare = CollaboratorFactory(name="Bare")
    body = as_alice.get(f"{URL}{bare.uuid}/").json()
    assert body == {"name": "Bare", "image": {}, "image_url": None, "uuid": str(bare.uuid)}
    pictured = CollaboratorFactory(name="Pictured", image="media/course/collaborator/1.png")
    body = as_alice.get(f"{URL}{pictured.uuid}/").json()
    path = "/media/media/course/collaborator/1.original.png"
    assert body["image"] == {
        "original": {"url": f"http://testserver{path}", "width": 200, "height": 100}
    }
    assert body["image_url"] == path
    fits(body, CollaboratorShape(), "collaborator")


def test_pages_lead_on_by_cursor_the_newest_first(as_alice: APIClient) -> None:
    made = [CollaboratorFactory().name for _ in range(25)]
    body = as_alice.get(f"{URL}?page=2&page_size=5&limit=5").json()
    assert body.keys() == {"next", "previous", "results"}
    following = as_alice.get(body["next"]).json()
    found = [each["name"] for each in body["results"] + following["results"]]
    assert found == made[::-1]
    assert following["next"] is None
    CollaboratorFactory(name="Newest")
    assert as_alice.get(body["next"]).json()["results"] == following["results"]


def test_changes_are_seen_at_once(as_alice: APIClient) -> None:
    one = CollaboratorFactory(name="Old")
    assert names(as_alice) == ["Old"]
    one.name = "New"
    one.save()
    assert names(as_alice) == ["New"]
    one.delete()
    assert names(as_alice) == []


@pytest.mark.parametrize("name", ["0", "zzz", "00000000-0000-4000-8000-000000000000"])
def test_addresses_of_nobody(as_alice: APIClient, name: str) -> None:
    assert as_alice.get(f"{URL}{name}/").status_code == 404


def test_cost_does_not_depend_on_the_number_of_collaborators(as_alice: APIClient) -> None:
    def cost() -> int:
        names(as_alice)
        with CaptureQueriesContext(connection) as queries:
            names(as_alice)
        return len(queries)

    CollaboratorFactory()
    few = cost()
    for _ in range(15):
        CollaboratorFactory()
    assert cost() == few <= 10


@needs_samples
@pytest.mark.parametrize("sample", ["collaborators_list", "collaborator_detail"])
def test_keys_order_and_types_are_those_recorded(
    as_alice: APIClient, partner: Partner, sample: str
) -> None:
    one = CollaboratorFactory()
    path = sample_path(sample)
    recorded = json.loads(path.read_text(encoding="utf-8"))["body"]
    address = URL if "results" in recorded else f"{URL}{one.uuid}/"
    compare(as_alice.get(address).json(), recorded, sample)
