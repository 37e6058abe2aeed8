"""Who may do what with people, editors, collaborators and vocabularies, and what junk gets."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from course_discovery.api.tests.test_authentication import ISSUER, SECRET, hs256
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import CourseEditor
from course_discovery.course_metadata.tests import factories as make

RESOURCES = ("people", "topics", "collaborators", "course_editors", "course_review",
             "organizations", "subjects", "level_types")  # fmt: skip
PARAMETERS = ("page", "page_size", "limit", "offset", "cursor", "org", "slug", "course", "tags",
              "uuids", "timestamp", "ordering", "fields", "omit", "language_code", "exclude_utm",
              "include_restricted", "format")  # fmt: skip
JUNK = ["-1", "0", "9" * 30, "1e9", "\x00", "null", "[]", "%", "cD0x", "bz0xJnI9MQ==", ",,,", "é"]
slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def names(partner: Partner) -> dict[str, str]:
    """One of each resource, by what its address ends in."""
    course = make.CourseFactory(partner=partner, key="NorthU+PHY101")
    editor = CourseEditor.objects.create(course=course, user=make.UserFactory())
    return {
        "people": str(make.PersonFactory(partner=partner).uuid),
        "topics": str(make.TopicFactory(partner=partner).uuid),
        "collaborators": str(make.CollaboratorFactory().uuid),
        "course_editors": str(editor.pk),
        "course_review": make.CourseReviewFactory(course_key=course.key).pk,
        "organizations": str(make.OrganizationFactory(partner=partner, key="NorthU").uuid),
        "subjects": str(make.SubjectFactory(partner=partner).uuid),
        "level_types": make.LevelTypeFactory().name,
    }


@pytest.fixture
def as_pat(partner: Partner) -> APIClient:
    """A client signed in as Pat, who has every right that there is, and is no staff."""
    pat = User.objects.create_user("pat")
    pat.user_permissions.set(Permission.objects.all())
    client = APIClient()
    client.force_authenticate(pat)
    return client


CALLERS = ("anonymous", "as_alice", "as_pat", "as_sam")
# Who sees the list, and one object: by caller, in the order of CALLERS.
READING = {
    "people": ((200, 200, 200, 200), (200, 200, 200, 200)),
    "course_editors": ((200, 200, 200, 200), (404, 404, 404, 200)),
    "organizations": ((401, 200, 200, 200), (401, 404, 404, 200)),
    **dict.fromkeys(
        ("topics", "collaborators", "course_review", "subjects", "level_types"),
        ((401, 200, 200, 200), (401, 200, 200, 200)),
    ),
}


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("place", range(len(CALLERS)), ids=CALLERS)
@pytest.mark.parametrize("verb", ["get", "head", "options"])
def test_who_may_read(
    request: pytest.FixtureRequest, names: dict[str, str], resource: str, place: int, verb: str
) -> None:
    client = request.getfixturevalue(CALLERS[place])
    many, one = (statuses[place] for statuses in READING[resource])
    if verb == "options":  # it looks for no object
        one = many
    call = getattr(client, verb)
    assert call(f"/api/v1/{resource}/").status_code == many
    assert call(f"/api/v1/{resource}/{names[resource]}/").status_code == one


@pytest.mark.parametrize("resource", [*RESOURCES, "course_recommendations"])
def test_tokens_of_restricted_applications_are_refused(
    anonymous: APIClient, names: dict[str, str], settings: Any, resource: str
) -> None:
    settings.JWT_AUTH = {
        **settings.JWT_AUTH,
        "JWT_PUBLIC_SIGNING_JWK_SET": "",
        "JWT_ISSUERS": [{"ISSUER": ISSUER, "AUDIENCE": "openedx", "SECRET_KEY": SECRET}],
    }
    address = f"/api/v1/{resource}/{names.get(resource, 'NorthU+PHY101')}/"
    for restricted, statuses in ((False, {200, 404}), (True, {403})):
        token = hs256(is_restricted=restricted)
        answer = anonymous.get(address, headers={"Authorization": f"JWT {token}"})
        assert answer.status_code in statuses


@pytest.mark.parametrize(
    "resource", [each for each in RESOURCES if each not in ("people", "collaborators")]
)
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("verb", ["put", "patch"])
def test_nobody_replaces_what_is_read_only(
    request: pytest.FixtureRequest, names: dict[str, str], resource: str, caller: str, verb: str
) -> None:
    client = request.getfixturevalue(caller)
    answer = getattr(client, verb)(f"/api/v1/{resource}/{names[resource]}/", {})
    assert answer.status_code == (401 if caller == "anonymous" else 405)
    assert answer.json()["detail"]


@pytest.mark.parametrize("caller", ["as_alice", "as_sam"])
@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_people_are_written_by_those_who_have_the_right(
    request: pytest.FixtureRequest, names: dict[str, str], caller: str, verb: str
) -> None:
    address = "/api/v1/people/" + ("" if verb == "post" else f"{names['people']}/")
    assert getattr(request.getfixturevalue(caller), verb)(address, {}).status_code == 403


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_people_are_not_written_without_an_account(
    anonymous: APIClient, names: dict[str, str], verb: str
) -> None:
    address = "/api/v1/people/" + ("" if verb == "post" else f"{names['people']}/")
    assert getattr(anonymous, verb)(address, {}).status_code == 401


@pytest.mark.parametrize("resource", [*RESOURCES, "course_recommendations"])
def test_slashes_at_the_end_do_not_matter(
    as_sam: APIClient, names: dict[str, str], resource: str
) -> None:
    name = names.get(resource, "NorthU+PHY101")
    addresses = [f"/api/v1/{resource}/{name}"]
    if resource in names:
        addresses.append(f"/api/v1/{resource}")
    for address in addresses:
        assert as_sam.get(address).json() == as_sam.get(f"{address}/").json()
        assert as_sam.get(address).status_code == 200


@slow
@given(
    resource=st.sampled_from(RESOURCES),
    parameters=st.dictionaries(
        st.sampled_from(PARAMETERS), st.text(max_size=30) | st.sampled_from(JUNK), max_size=4
    ),
)
def test_no_parameter_breaks_a_list(
    as_sam: APIClient, names: dict[str, str], resource: str, parameters: dict[str, str]
) -> None:
    answer = as_sam.get(f"/api/v1/{resource}/", parameters)
    assert answer.status_code in {200, 400, 404}, (answer.status_code, answer.content[:300])
    assert "format" in parameters or json.loads(answer.content)


@slow
@given(
    resource=st.sampled_from([*RESOURCES, "course_recommendations"]),
    name=st.text(min_size=1, max_size=60) | st.sampled_from(JUNK),
    parameters=st.dictionaries(st.sampled_from(PARAMETERS), st.sampled_from(JUNK), max_size=2),
)
def test_no_address_breaks_a_detail(
    as_sam: APIClient,
    names: dict[str, str],
    resource: str,
    name: str,
    parameters: dict[str, str],
) -> None:
    answer = as_sam.get(f"/api/v1/{resource}/{quote(name, safe='')}/", parameters)
    assert answer.status_code in {200, 301, 400, 404}, answer.content[:300]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("tags=north", ["NorthU"]),
        ("tags=NORTH", ["NorthU"]),
        ("tags=cold,warm", ["NorthU", "SouthU"]),
        ("tags=cold", ["NorthU"]),
        ("tags=Ödland", ["SouthU"]),
        ("tags=nort", []),
        ("tags=,", ["NorthU", "SouthU"]),
        ("tags=", ["NorthU", "SouthU"]),
        ("tags=" + ",".join(["x"] * 2_000), []),
        ("tags=warm&timestamp=2000-01-01", []),
    ],
)
def test_organizations_by_tags(
    as_sam: APIClient, partner: Partner, query: str, keys: list[str]
) -> None:
    for key, tags in (("NorthU", ("North", "cold")), ("SouthU", ("warm", "Ödland"))):
        make.OrganizationFactory(partner=partner, key=key).tags.add(*tags)
    body = as_sam.get(f"/api/v1/organizations/?{query}").json()
    assert [each["key"] for each in body["results"]] == keys
    assert body["count"] == len(keys)


def test_organizations_show_their_tags(as_sam: APIClient, partner: Partner) -> None:
    organization = make.OrganizationFactory(partner=partner)
    organization.tags.add("zoo", "ape")
    address = f"/api/v1/organizations/{organization.uuid}/"
    assert as_sam.get(address).json()["tags"] == ["ape", "zoo"]
    organization.tags.remove("zoo")
    assert as_sam.get(address).json()["tags"] == ["ape"]


@pytest.mark.parametrize("query", ["", "?exclude_utm=1"])
def test_addresses_of_organizations_bear_no_tracking(
    as_sam: APIClient, partner: Partner, query: str
) -> None:
    make.OrganizationFactory(partner=partner, slug="northu")
    body: Any = as_sam.get(f"/api/v1/organizations/{query}").json()["results"][0]
    assert body["marketing_url"] == "https://www.example.com/school/northu"
