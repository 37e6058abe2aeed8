"""Writing collaborators over REST."""

from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import signed_in
from course_discovery.api.tests.persons import expected, statuses
from course_discovery.api.tests.pictures import BAD_PICTURES, data_uri
from course_discovery.api.tests.test_contract_keys import fits
from course_discovery.api.v1.shapes.collaborator import CollaboratorShape
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Collaborator, Organization
from course_discovery.course_metadata.tests.factories import CourseFactory, OrganizationFactory
from course_discovery.publisher.tests.persons import cast

URL = "/api/v1/collaborators/"
MODES = pytest.mark.parametrize("restricted", [False, True], ids=["free", "restricted"])


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def north(partner: Partner) -> Organization:
    organization: Organization = OrganizationFactory(partner=partner, key="NorthU")
    return organization


@pytest.fixture
def people(north: Organization) -> dict[str, Any]:
    course = CourseFactory(partner=north.partner, draft=True, organizations=[north])
    return cast(north, course)


@pytest.fixture
def institute(db: None) -> Collaborator:
    return Collaborator.objects.create(name="The Institute")


def verbs(institute: Collaborator, **extra: Any) -> dict[int, list[Any]]:
    body = {"name": "A", "image": data_uri(), **extra}
    address = f"{URL}{institute.uuid}/"
    return {
        201: [lambda client: client.post(URL, body)],
        200: [
            lambda client: client.put(address, body),
            lambda client: client.patch(address, extra),
        ],
        204: [lambda client: client.delete(address, extra)],
    }


@MODES
def test_who_may_write(
    people: dict[str, Any], institute: Collaborator, settings: Any, restricted: bool
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    for status, asks in verbs(institute).items():
        for ask in asks:
            table = {status: "bob carol dave erin+ connie sam+ paula"}
            assert statuses(people, ask) == expected(people, table, restricted)


@MODES
def test_who_may_write_for_an_organization(
    people: dict[str, Any], institute: Collaborator, settings: Any, restricted: bool
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    for status, asks in verbs(institute, org="northu").items():
        for ask in asks:
            table = {status: "bob carol erin+ connie sam+ paula"}
            assert statuses(people, ask) == expected(people, table, restricted)


def test_an_unknown_organization_is_nobodys(people: dict[str, Any]) -> None:
    body = {"name": "A", "image": data_uri(), "org": "Nowhere"}
    assert signed_in(people["bob"]).post(URL, body).status_code == 403
    assert signed_in(people["sam"]).post(URL, body).status_code == 201


def test_a_new_collaborator_is_shown(as_sam: APIClient) -> None:
    body = {"name": " The Institute ", "image": data_uri(), "uuid": "junk", "other": []}
    answer = as_sam.post(URL, body)
    assert answer.status_code == 201
    made = Collaborator.objects.get()
    told = answer.json()
    fits(told, CollaboratorShape(), "collaborator")
    assert (told["name"], told["uuid"]) == ("The Institute", str(made.uuid))
    assert told["image"]["original"]["width"] == 200
    assert as_sam.get(f"{URL}{made.uuid}/").json() == told


def test_a_change_leaves_what_is_not_told(as_sam: APIClient) -> None:
    uuid = as_sam.post(URL, {"name": "A", "image": data_uri()}).json()["uuid"]
    before = Collaborator.objects.get().image.name
    told = as_sam.patch(f"{URL}{uuid}/", {"name": "B"}).json()
    assert (told["name"], Collaborator.objects.get().image.name) == ("B", before)
    # As answers have it, the picture tells nothing new.
    as_sam.put(f"{URL}{uuid}/", {"name": "C", "image": told["image"]})
    assert Collaborator.objects.get().image.name == before
    as_sam.patch(f"{URL}{uuid}/", {"image": data_uri("blue")})
    assert Collaborator.objects.get().image.name != before
    assert as_sam.patch(f"{URL}{uuid}/", {"image": None}).json()["image"] == {}
    assert Collaborator.objects.get().name == "C"


@pytest.mark.parametrize("body", [{}, [], "x", {"name": ""}, {"name": None}, {"name": "\x00"}])
def test_bad_bodies(as_sam: APIClient, institute: Collaborator, body: Any) -> None:
    body = {**body, "image": data_uri()} if isinstance(body, dict) else body
    assert as_sam.post(URL, body).status_code == 400
    assert as_sam.put(f"{URL}{institute.uuid}/", body).status_code == 400


@pytest.mark.parametrize("image", BAD_PICTURES)
def test_bad_pictures(as_sam: APIClient, image: Any) -> None:
    answer = as_sam.post(URL, {"name": "A", "image": image})
    assert answer.status_code == 400
    assert list(answer.json()) == ["image"]
    assert not Collaborator.objects.exists()


def test_a_picture_is_asked_for(as_sam: APIClient) -> None:
    assert as_sam.post(URL, {"name": "A"}).json() == {"image": ["This field is required."]}


def test_what_there_is_not(as_sam: APIClient) -> None:
    address = f"{URL}00000000-0000-4000-8000-000000000000/"
    assert as_sam.patch(address, {}).status_code == 404
    assert as_sam.delete(address).status_code == 404


def test_a_change_of_something_older_is_refused(as_sam: APIClient, institute: Collaborator) -> None:
    address = f"{URL}{institute.uuid}/"
    etag = as_sam.get(address)["ETag"]
    assert as_sam.patch(address, {"name": "B"}, headers={"If-Match": etag}).status_code == 200
    answer = as_sam.patch(address, {"name": "C"}, headers={"If-Match": etag})
    assert answer.status_code == 412
    assert as_sam.delete(address, headers={"If-Match": etag}).status_code == 412
    assert Collaborator.objects.get().name == "B"
