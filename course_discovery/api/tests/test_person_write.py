"""Writing people over REST."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import signed_in
from course_discovery.api.tests.persons import expected, statuses
from course_discovery.api.tests.pictures import BAD_PICTURES, data_uri
from course_discovery.api.tests.test_contract_keys import fits
from course_discovery.api.v1.shapes.person import PersonShape
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Organization, Person
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    OrganizationFactory,
    PartnerFactory,
    PersonFactory,
)
from course_discovery.publisher.tests.people import person, works_for
from course_discovery.publisher.tests.persons import cast

URL = "/api/v1/people/"
MODES = pytest.mark.parametrize("restricted", [False, True], ids=["free", "restricted"])


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def north(partner: Partner) -> Organization:
    organization: Organization = OrganizationFactory(partner=partner, key="NorthU", name="North")
    return organization


@pytest.fixture
def people(north: Organization) -> dict[str, Any]:
    course = CourseFactory(partner=north.partner, draft=True, organizations=[north])
    made = cast(north, course)
    # Being staff gives no right to write people: Django's permissions do.
    rights = Permission.objects.filter(content_type__app_label="course_metadata")
    for name in ("sam", "paula"):
        made[name].user_permissions.add(*rights.filter(codename__endswith="_person"))
    return made


@pytest.fixture
def as_bob(north: Organization) -> APIClient:
    """Somebody who works for the organization."""
    return signed_in(works_for(person("bob"), north))


@pytest.fixture
def ada(north: Organization) -> Person:
    made: Person = PersonFactory(partner=north.partner, given_name="Ada", published=True)
    return made


def body(**values: Any) -> dict[str, Any]:
    return {"given_name": "Ada", "position": {"title": "Professor"}, **values}


@MODES
def test_who_may_write(
    people: dict[str, Any], ada: Person, settings: Any, restricted: bool
) -> None:
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    address = f"{URL}{ada.uuid}/"
    asks: dict[Any, int] = {
        (lambda client: client.post(URL, body())): 201,
        (lambda client: client.put(address, body())): 200,
        (lambda client: client.patch(address, {"bio": "<p>Waves</p>"})): 200,
        (lambda client: client.delete(address)): 204,
    }
    for ask, status in asks.items():
        table = {status: "bob carol dave erin+ connie sam+ paula root"}
        assert statuses(people, ask) == expected(people, table, restricted)


def test_staff_without_the_permission_may_not(as_sam: APIClient, ada: Person) -> None:
    assert as_sam.post(URL, body()).status_code == 403
    assert as_sam.delete(f"{URL}{ada.uuid}/").status_code == 403
    # Said before what is wrong with the body.
    assert as_sam.post(URL, {}).status_code == 403


def test_each_verb_has_its_permission(as_alice: APIClient, alice: Any, ada: Person) -> None:
    alice.user_permissions.add(Permission.objects.get(codename="change_person"))
    assert as_alice.patch(f"{URL}{ada.uuid}/", {"bio": ""}).status_code == 200
    assert as_alice.post(URL, body()).status_code == 403
    assert as_alice.delete(f"{URL}{ada.uuid}/").status_code == 403


def test_a_new_person_is_shown(as_bob: APIClient, north: Organization) -> None:
    answer = as_bob.post(
        URL,
        body(
            family_name="Okafor", salutation="Dr.", bio="<p onclick=x>Waves</p>", slug="ada-o",
            major_works="", profile_image=data_uri(), email="x@example.com", published=False,
            position={"title": "Professor", "organization": north.pk, "organization_id": 9},
            urls_detailed=[{"id": "", "type": "blog", "title": "", "url": "https://a.example.com"}],
            areas_of_expertise=[{"id": None, "value": "Optics"}, {"value": "Sound"}],
        ),
    )  # fmt: skip
    assert answer.status_code == 400  # an id is a number
    answer = as_bob.post(
        URL,
        body(
            family_name="Okafor", salutation="Dr.", bio="<p onclick=x>Waves</p>", slug="ada-o",
            major_works="", profile_image=data_uri(), email="x@example.com", published=False,
            position={"title": "Professor", "organization": north.pk, "organization_id": 9},
            urls_detailed=[{"id": None, "type": "blog", "url": "https://a.example.com"}],
            areas_of_expertise=[{"id": None, "value": "Optics"}, {"value": "Sound"}],
        ),
    )  # fmt: skip
    assert answer.status_code == 201
    told = answer.json()
    fits(told, PersonShape(), "person")
    assert (told["slug"], told["published"], told["bio"]) == ("ada-o", True, "<p>Waves</p>")
    assert told["position"]["organization_name"] == "North"
    assert [each["value"] for each in told["areas_of_expertise"]] == ["Optics", "Sound"]
    assert told["urls"]["blog"] == "https://a.example.com"
    assert told["profile_image"]["medium"]["width"] == 110
    made = Person.objects.get()
    assert (made.partner, made.email) == (north.partner, None)
    assert as_bob.get(f"{URL}{made.uuid}/").json() == told


def test_two_people_of_one_name_are_two(as_bob: APIClient) -> None:
    slugs = {as_bob.post(URL, body()).json()["slug"] for _each in range(2)}
    assert len(slugs) == Person.objects.count() == 2
    # A slug that somebody has does not make them the new person.
    assert as_bob.post(URL, body(given_name="Eve", slug="ada")).status_code == 201
    assert Person.objects.filter(given_name="Ada").count() == 2


def test_a_change_leaves_what_is_not_told(as_bob: APIClient, north: Organization) -> None:
    told = as_bob.post(
        URL,
        body(
            bio="<p>Waves</p>", profile_image=data_uri(),
            areas_of_expertise=[{"value": "Optics"}],
            urls_detailed=[{"type": "blog", "url": "https://a.example.com"}],
        ),
    ).json()  # fmt: skip
    address = f"{URL}{told['uuid']}/"
    changed = as_bob.patch(address, {"given_name": "Eve", "published": False}).json()
    assert changed == {**told, "given_name": "Eve"}
    assert as_bob.patch(address, {}).json() == changed
    # What was answered may be sent back whole.
    assert as_bob.put(address, changed).json() == changed
    # Told anew, lists that are not told are empty.
    anew = as_bob.put(address, body()).json()
    assert (anew["urls_detailed"], anew["areas_of_expertise"]) == ([], [])
    assert anew["bio"] == "<p>Waves</p>"


def test_lists_are_told_whole_and_rows_keep_their_ids(as_bob: APIClient) -> None:
    told = as_bob.post(
        URL,
        body(
            areas_of_expertise=[{"value": "Optics"}, {"value": "Sound"}, {"value": "Heat"}],
            urls_detailed=[
                {"type": "blog", "title": "A", "url": "https://a.example.com"},
                {"type": "blog", "title": "B", "url": "https://b.example.com"},
            ],
        ),
    ).json()
    areas = [each["id"] for each in told["areas_of_expertise"]]
    urls = [each["id"] for each in told["urls_detailed"]]
    changed = as_bob.patch(
        f"{URL}{told['uuid']}/",
        {
            "areas_of_expertise": [{"id": areas[2], "value": "Cold"}, {"value": "Light"}],
            "urls_detailed": [
                {"id": urls[1], "type": "others", "title": "C", "url": "https://c.example.com"},
            ],
        },
    ).json()
    assert [each["value"] for each in changed["areas_of_expertise"]] == ["Cold", "Light"]
    assert changed["areas_of_expertise"][0]["id"] == areas[2]
    [url] = changed["urls_detailed"]
    assert (url["id"], url["type"], url["title"]) == (urls[1], "others", "C")


def test_addresses_that_swap_their_names(as_bob: APIClient) -> None:
    told = as_bob.post(
        URL,
        body(
            urls_detailed=[
                {"type": "blog", "title": title, "url": f"https://{title}.example.com"}
                for title in "ab"
            ]
        ),
    ).json()
    one, two = told["urls_detailed"]
    one["title"], two["title"] = two["title"], one["title"]
    changed = as_bob.patch(f"{URL}{told['uuid']}/", {"urls_detailed": [one, two]}).json()
    found = {each["title"]: each["url"] for each in changed["urls_detailed"]}
    assert found == {"b": "https://a.example.com", "a": "https://b.example.com"}


BAD_BODIES = [
    {"given_name": ""},
    {"given_name": None},
    {"given_name": "x" * 256},
    {"given_name": "\x00"},
    {"given_name": []},
    {"salutation": "x" * 11},
    {"bio": {}},
    {"slug": "no slug"},
    {"position": None},
    {"position": []},
    {"position": {}},
    {"position": {"title": ""}},
    {"position": {"title": "Prof", "organization": "NorthU"}},
    {"position": {"title": "Prof", "organization": 10**15}},
    {"position": {"title": "Prof", "organization": 2**70}},
    {"urls_detailed": {}},
    {"urls_detailed": [1]},
    {"urls_detailed": [{"type": "mail", "url": "x"}]},
    {"urls_detailed": [{"type": "blog"}]},
    {"urls_detailed": [{"type": "blog", "url": "a"}, {"type": "blog", "url": "b"}]},
    {"urls_detailed": [{"id": 10**9, "type": "blog", "url": "a"}]},
    {"areas_of_expertise": "Optics"},
    {"areas_of_expertise": ["Optics"]},
    {"areas_of_expertise": [{"value": ""}]},
    {"areas_of_expertise": [{"id": 10**9, "value": "Optics"}]},
    {"areas_of_expertise": [{"id": 2**70, "value": "Optics"}]},
    *({"profile_image": each} for each in BAD_PICTURES),
]


@pytest.mark.parametrize("bad", BAD_BODIES)
def test_bad_bodies(as_bob: APIClient, ada: Person, bad: dict[str, Any]) -> None:
    answer = as_bob.post(URL, body(**bad))
    assert answer.status_code == 400
    assert answer.json()
    assert as_bob.patch(f"{URL}{ada.uuid}/", bad).status_code == 400
    assert Person.objects.get().given_name == "Ada"


@pytest.mark.parametrize("bad", [[], "x", 7, None, {"given_name": "Ada"}, {"position": {}}])
def test_bodies_that_are_no_person(as_bob: APIClient, ada: Person, bad: Any) -> None:
    assert as_bob.post(URL, bad).status_code == 400
    assert as_bob.put(f"{URL}{ada.uuid}/", bad).status_code == 400


def test_people_of_another_partner_are_unknown(as_bob: APIClient) -> None:
    other = PartnerFactory(short_code="other")
    eve = PersonFactory(partner=other)
    organization = OrganizationFactory(partner=other)
    assert as_bob.patch(f"{URL}{eve.uuid}/", {"bio": ""}).status_code == 404
    assert as_bob.delete(f"{URL}{eve.uuid}/").status_code == 404
    position = {"title": "Professor", "organization": organization.pk}
    assert as_bob.post(URL, body(position=position)).status_code == 400


def test_a_change_of_something_older_is_refused(as_bob: APIClient, ada: Person) -> None:
    address = f"{URL}{ada.uuid}/"
    etag = as_bob.get(address)["ETag"]
    assert as_bob.patch(address, {"bio": "1"}, headers={"If-Match": etag}).status_code == 200
    assert as_bob.patch(address, {"bio": "2"}, headers={"If-Match": etag}).status_code == 412
