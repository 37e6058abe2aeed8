"""Reading people: whoever asks, in all that the contract promises."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.tests.test_contract_keys import compare, fits
from course_discovery.api.v1.shapes.person import PersonShape
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import (
    CourseRunStaff,
    Organization,
    Person,
    RestrictedCourseRun,
)
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PartnerFactory,
    PersonAreaOfExpertiseFactory,
    PersonFactory,
    PersonSocialNetworkFactory,
    PositionFactory,
)

URL = "/api/v1/people/"


@pytest.fixture
def north(partner: Partner) -> Organization:
    organization: Organization = OrganizationFactory(
        partner=partner, key="NorthU", name="North University", logo_image="organization/north.png"
    )
    return organization


@pytest.fixture
def ada(north: Organization) -> Person:
    person: Person = PersonFactory(
        partner=north.partner,
        given_name="Ada",
        family_name="Okafor",
        salutation="Dr.",
        slug="ada-okafor",
        email="ada@example.com",
        profile_image="people/ada.png",
    )
    PositionFactory(person=person, title="Professor", organization=north)
    return person


def teach(person: Person, *organizations: Organization, **run: Any) -> None:
    """Let the person teach a run of a course of these organizations."""
    restricted = run.pop("restricted", None)
    course = CourseFactory(
        partner=person.partner, organizations=list(organizations), draft=run.get("draft", False)
    )
    made = CourseRunFactory(course=course, **run)
    if restricted:
        RestrictedCourseRun.objects.create(
            course_run=made, restriction_type=restricted, draft=made.draft
        )
    CourseRunStaff.objects.create(course_run=made, person=person)


def slugs(client: APIClient, query: str = "") -> list[str]:
    return [each["slug"] for each in client.get(f"{URL}{query}").json()["results"]]


def one(client: APIClient, person: Person) -> dict[str, Any]:
    body: dict[str, Any] = client.get(f"{URL}{person.uuid}/").json()
    return body


def test_people_come_in_the_order_in_which_they_were_made(
    as_alice: APIClient, partner: Partner
) -> None:
    made = [PersonFactory(partner=partner, slug=slug).slug for slug in ("zoe", "ada", "mia")]
    PersonFactory(partner=PartnerFactory(), slug="of-others")
    assert slugs(as_alice) == made


def test_pages_have_numbers_and_sizes(as_alice: APIClient, partner: Partner) -> None:
    for _ in range(5):
        PersonFactory(partner=partner)
    body = as_alice.get(f"{URL}?page=2&page_size=2").json()
    assert (body["count"], len(body["results"])) == (5, 2)
    assert "page=3" in body["next"]
    assert body["previous"]
    assert len(as_alice.get(f"{URL}?limit=1").json()["results"]) == 5


def test_without_an_account_only_published_people_are_seen(
    anonymous: APIClient, as_alice: APIClient, partner: Partner
) -> None:
    shown = PersonFactory(partner=partner)
    hidden = PersonFactory(partner=partner, published=False)
    assert slugs(anonymous) == [shown.slug]
    assert anonymous.get(f"{URL}{hidden.uuid}/").status_code == 404
    assert slugs(as_alice) == [shown.slug, hidden.slug]
    assert one(as_alice, hidden)["published"] is False


def test_a_person_with_everything(anonymous: APIClient, ada: Person, north: Organization) -> None:
    areas = [PersonAreaOfExpertiseFactory(person=ada, value=value) for value in ("B", "A")]
    network: Any = PersonSocialNetworkFactory
    blog = network(person=ada, type="blog", url="https://one.example.com", title="")
    twitter = network(person=ada, type="twitter", url="https://t.example.com", title="Mine")
    later = network(person=ada, type="blog", url="https://two.example.com", title="Two")
    other = network(person=ada, type="others", url="https://o.example.com", title="")
    body = one(anonymous, ada)
    fits(body, PersonShape(), "person")
    assert body["position"] == {
        "title": "Professor",
        "organization_name": "North University",
        "organization_id": north.pk,
        "organization_override": None,
        "organization_marketing_url": "https://www.example.com/school/northu",
        "organization_uuid": str(north.uuid),
        "organization_logo_image_url": "/media/organization/north.png",
    }
    assert body["areas_of_expertise"] == [{"id": area.pk, "value": area.value} for area in areas]
    assert body["urls"] == {
        "facebook": None,
        "twitter": "https://t.example.com",
        "blog": "https://one.example.com",
    }
    assert [(each["id"], each["display_title"]) for each in body["urls_detailed"]] == [
        (blog.pk, "Blog"), (twitter.pk, "Mine"), (later.pk, "Two"),
        (other.pk, "https://o.example.com"),
    ]  # fmt: skip
    assert body["profile_image"] == {
        "medium": {
            "url": "http://testserver/media/people/ada.medium.png", "width": 110, "height": 110
        }
    }  # fmt: skip
    assert body["profile_image_url"] == "/media/people/ada.png"
    assert (body["email"], body["works"]) == (None, [])


def test_a_person_with_nothing(anonymous: APIClient, partner: Partner) -> None:
    body = one(anonymous, PersonFactory(partner=partner, family_name=None, bio=None))
    fits(body, PersonShape(), "person")
    assert (body["position"], body["profile_image"], body["profile_image_url"]) == (None, {}, None)
    assert (body["areas_of_expertise"], body["urls_detailed"]) == ([], [])


def test_another_organization_has_only_a_name(anonymous: APIClient, partner: Partner) -> None:
    person = PersonFactory(partner=partner)
    PositionFactory(person=person, organization=None, organization_override="The Guild")
    position = one(anonymous, person)["position"]
    assert position["organization_name"] == position["organization_override"] == "The Guild"
    assert {position[key] for key in position if key.startswith("organization_")} == {
        "The Guild", None
    }  # fmt: skip


def test_an_override_wins_over_the_organization(anonymous: APIClient, ada: Person) -> None:
    ada.position.organization_override = "Institute of Physics"
    ada.position.save()
    position = one(anonymous, ada)["position"]
    assert position["organization_name"] == "Institute of Physics"
    assert position["organization_uuid"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("slug=ada-okafor", ["ada-okafor"]),
        ("slug=ada", []),
        ("slug=", ["ada-okafor", "bo"]),
        ("org=NorthU", ["ada-okafor"]),
        ("org=northu", ["ada-okafor"]),
        ("org=SouthU", ["ada-okafor", "bo"]),
        ("org=NorthU&org=SouthU", ["ada-okafor", "bo"]),
        ("org=NorthU&slug=bo", []),
        ("org=NorthU,SouthU", []),
        ("org=Nowhere", []),
        ("org=", []),
        ("unknown=1", ["ada-okafor", "bo"]),
    ],
)
def test_filters(
    as_alice: APIClient, ada: Person, north: Organization, query: str, found: list[str]
) -> None:
    south = OrganizationFactory(partner=north.partner, key="SouthU")
    bo = PersonFactory(partner=north.partner, slug="bo")
    for _ in range(2):  # twice: nobody is listed twice
        teach(ada, north, south)
        teach(bo, south)
    body = as_alice.get(f"{URL}?{query}").json()
    assert [each["slug"] for each in body["results"]] == found
    assert body["count"] == len(found)


def test_organizations_of_other_partners_do_not_count(as_alice: APIClient, ada: Person) -> None:
    teach(ada, OrganizationFactory(partner=PartnerFactory(), key="EastU"))
    assert slugs(as_alice, "?org=EastU") == []


@pytest.mark.parametrize(
    "run",
    [
        {"draft": True},
        {"hidden": True},
        {"status": CourseRunStatus.UNPUBLISHED},
        {"restricted": "custom-b2c"},
    ],
)
def test_runs_that_are_not_for_everybody_count_with_an_account_only(
    as_alice: APIClient, anonymous: APIClient, ada: Person, north: Organization, run: dict[str, Any]
) -> None:
    teach(ada, north, **run)
    assert slugs(as_alice, "?org=NorthU") == ["ada-okafor"]
    assert slugs(anonymous, "?org=NorthU") == []
    teach(ada, north)
    assert slugs(anonymous, "?org=NorthU") == ["ada-okafor"]


def test_filters_hold_for_a_single_person_too(
    as_alice: APIClient, ada: Person, north: Organization
) -> None:
    assert as_alice.get(f"{URL}{ada.uuid}/?org=NorthU").status_code == 404
    teach(ada, north)
    assert as_alice.get(f"{URL}{ada.uuid}/?org=NorthU").status_code == 200
    assert as_alice.get(f"{URL}{ada.uuid}/?slug=other").status_code == 404


@pytest.mark.parametrize("query", ["org=%00", "slug=%00"])
def test_what_no_column_holds_is_a_400_that_names_the_parameter(
    anonymous: APIClient, query: str
) -> None:
    answer = anonymous.get(f"{URL}?{query}")
    assert (answer.status_code, list(answer.json())) == (400, [query[: query.index("=")]])


def test_fields_and_omit(anonymous: APIClient, ada: Person) -> None:
    assert one(anonymous, ada).keys() > {"uuid", "bio"}
    assert anonymous.get(f"{URL}{ada.uuid}/?fields=slug,bio").json().keys() == {"slug", "bio"}
    assert "bio" not in anonymous.get(f"{URL}{ada.uuid}/?omit=bio").json()


@pytest.mark.parametrize("name", ["0", "zzz", "00000000-0000-4000-8000-000000000000", "a" * 32])
def test_addresses_of_nobody(anonymous: APIClient, name: str) -> None:
    assert anonymous.get(f"{URL}{name}/").status_code == 404


def test_changes_of_what_a_person_shows_are_seen_at_once(
    anonymous: APIClient, ada: Person, north: Organization
) -> None:
    tag = anonymous.get(f"{URL}{ada.uuid}/")["ETag"]
    north.name = "Northern University"
    north.save()
    assert one(anonymous, ada)["position"]["organization_name"] == "Northern University"
    again = anonymous.get(f"{URL}{ada.uuid}/", headers={"If-None-Match": tag})
    assert again.status_code == 200
    PersonAreaOfExpertiseFactory(person=ada, value="Optics")
    assert one(anonymous, ada)["areas_of_expertise"][0]["value"] == "Optics"
    known = anonymous.get(f"{URL}{ada.uuid}/")["ETag"]
    again = anonymous.get(f"{URL}{ada.uuid}/", headers={"If-None-Match": known})
    assert again.status_code == 304


CALLERS = ("anonymous", "as_alice", "as_sam", "as_pat")


@pytest.fixture
def as_pat(partner: Partner) -> APIClient:
    """A client signed in as Pat, who may write people."""
    pat = User.objects.create_user("pat")
    pat.user_permissions.add(*Permission.objects.filter(content_type__model="person"))
    client = APIClient()
    client.force_authenticate(pat)
    return client


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("verb", ["get", "head", "options"])
def test_everybody_reads(
    request: pytest.FixtureRequest, ada: Person, caller: str, verb: str
) -> None:
    client = request.getfixturevalue(caller)
    for address in (URL, f"{URL}{ada.uuid}/"):
        assert getattr(client, verb)(address).status_code == 200


def test_options_offer_the_organizations_by_key_to_those_who_may_write(
    as_pat: APIClient, ada: Person, north: Organization
) -> None:
    OrganizationFactory(partner=PartnerFactory(), key="EastU")
    south = OrganizationFactory(partner=north.partner, key="aSouthU", name="South")
    for address, verb in ((URL, "POST"), (f"{URL}{ada.uuid}/", "PUT")):
        fields = as_pat.options(address).json()["actions"][verb]
        assert list(fields) == list(PersonShape().fields)
        assert fields["position"]["children"]["organization"]["choices"] == [
            {"value": south.pk, "display_name": "aSouthU: South"},
            {"value": north.pk, "display_name": "NorthU: North University"},
        ]
        assert fields["given_name"]["required"] is True
        assert fields["email"]["read_only"] is True


@pytest.mark.parametrize("caller", ["anonymous", "as_alice", "as_sam"])
def test_options_offer_nothing_to_others(
    request: pytest.FixtureRequest, ada: Person, caller: str
) -> None:
    assert "actions" not in request.getfixturevalue(caller).options(URL).json()


def test_cost_does_not_depend_on_the_number_of_people(
    as_alice: APIClient, partner: Partner
) -> None:
    def cost(query: str) -> int:
        as_alice.get(f"{URL}?{query}")  # what is not stored yet is stored now
        with CaptureQueriesContext(connection) as queries:
            assert as_alice.get(f"{URL}?{query}").status_code == 200
        return len(queries)

    def add(count: int) -> None:
        for _ in range(count):
            organization = OrganizationFactory(partner=partner)
            person = PersonFactory(partner=partner)
            PositionFactory(person=person, organization=organization)
            PersonAreaOfExpertiseFactory(person=person)
            teach(person, organization)

    add(2)
    keys = "&".join(f"org={organization.key}" for organization in Organization.objects.all())
    few = cost("page_size=100"), cost(keys)
    add(20)
    assert (cost("page_size=100"), cost(keys)) == few
    assert max(few) <= 10


@needs_samples
@pytest.mark.parametrize("sample", ["people_list", "person_detail"])
def test_keys_order_and_types_are_those_recorded(
    anonymous: APIClient, ada: Person, sample: str
) -> None:
    PersonAreaOfExpertiseFactory(person=ada)
    path = sample_path(sample)
    recorded = json.loads(path.read_text(encoding="utf-8"))["body"]
    ours = anonymous.get(URL).json() if "results" in recorded else one(anonymous, ada)
    compare(ours, recorded, sample)
