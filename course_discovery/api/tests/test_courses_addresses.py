"""Addresses of courses and runs however they are written, and to whom they answer."""

from typing import Any
from urllib.parse import quote

import jwt
import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import signed_in
from course_discovery.api.tests.test_authentication import ISSUER, SECRET, claims
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseUrlSlug
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory
from course_discovery.publisher.tests.people import person

COURSES, RUNS = "/api/v1/courses", "/api/v1/course_runs"
KEYS = {
    COURSES: ("NorthU+PHY101", "OldU/PHY101", "Ünï+PHY.1-0_1"),
    RUNS: ("course-v1:NorthU+PHY101+1T2030", "OldU/PHY101/2013", "course-v1:Ünï+PHY.1-0_1+1~T"),
}


@pytest.fixture
def catalog(partner: Partner) -> None:
    for course_key, run_key in zip(KEYS[COURSES], KEYS[RUNS], strict=True):
        course = CourseFactory(partner=partner, key=course_key, title="Waves")
        CourseRunFactory(course=course, key=run_key, slug="waves")
        CourseUrlSlug.objects.create(
            course=course, partner=partner, url_slug=f"waves-{course.pk}", is_active=True
        )


def spellings(key: str) -> list[str]:
    """A key as clients write it into an address."""
    return [quote(key, safe="/+:"), quote(key, safe="+"), quote(key, safe=":"), quote(key, safe="")]


@pytest.mark.parametrize("end", ["", "/"])
@pytest.mark.parametrize("resource", [COURSES, RUNS])
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("query", ["", "?exclude_utm=1"])
def test_keys_are_found_in_every_spelling(
    as_alice: APIClient, catalog: None, resource: str, place: int, end: str, query: str
) -> None:
    key = KEYS[resource][place]
    for written in spellings(key):
        answer = as_alice.get(f"{resource}/{written}{end}{query}")
        assert answer.status_code == 200, written
        assert answer.json()["key"] == key


@pytest.mark.parametrize("address", [COURSES, f"{COURSES}/", RUNS, f"{RUNS}/"])
def test_lists_answer_with_and_without_the_final_slash(
    as_alice: APIClient, catalog: None, address: str
) -> None:
    answer = as_alice.get(f"{address}?limit=2")
    assert answer.status_code == 200
    assert answer.json()["count"] == 3
    following = as_alice.get(answer.json()["next"]).json()
    assert (len(following["results"]), following["next"]) == (1, None)


def test_uuids_are_found_in_every_spelling(as_alice: APIClient, catalog: None) -> None:
    course = Course.objects.get(key="NorthU+PHY101")
    for written in (str(course.uuid), str(course.uuid).upper(), course.uuid.hex):
        assert as_alice.get(f"{COURSES}/{written}").json()["key"] == "NorthU+PHY101"


@pytest.mark.parametrize("resource", [COURSES, RUNS])
@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_nobody_without_an_account_reads_or_writes(
    anonymous: APIClient, catalog: None, resource: str, verb: str
) -> None:
    key = KEYS[resource][0]
    for address in (f"{resource}/", f"{resource}/{key}/", f"{resource}/{key}/?editable=1"):
        for refused in (anonymous.get(address), getattr(anonymous, verb)(address, {})):
            assert refused.status_code == 401
            assert refused.json() == {"detail": "Authentication credentials were not provided."}


@pytest.mark.parametrize("resource", [COURSES, RUNS])
def test_tokens_of_restricted_applications_are_refused(
    anonymous: APIClient, catalog: None, settings: Any, resource: str
) -> None:
    settings.JWT_AUTH = {
        **settings.JWT_AUTH,
        "JWT_PUBLIC_SIGNING_JWK_SET": "",
        "JWT_ISSUERS": [{"ISSUER": ISSUER, "AUDIENCE": "openedx", "SECRET_KEY": SECRET}],
    }
    for restricted, status in ((False, 200), (True, 403)):
        token = jwt.encode(claims(is_restricted=restricted), SECRET, algorithm="HS256")
        for address in (f"{resource}/", f"{resource}/{KEYS[resource][0]}/"):
            answer = anonymous.get(address, headers={"Authorization": f"JWT {token}"})
            assert answer.status_code == status
            if restricted:
                assert list(answer.json()) == ["detail"]


class TestTrackingParameters:
    """They name the caller, and nobody else ever sees them."""

    @pytest.mark.parametrize("resource", [COURSES, RUNS])
    def test_each_caller_sees_its_own(self, partner: Partner, catalog: None, resource: str) -> None:
        names = ["bob", "Maria Duarte", "ann@example.com"]
        callers = [
            person(name, referral_tracking_id=f"of {place}") for place, name in enumerate(names)
        ]
        addresses = [f"{resource}/", f"{resource}/{KEYS[resource][0]}/"] * 2
        for address in addresses:  # the second time from whatever was kept of the first
            for place, caller in enumerate(callers):
                body = signed_in(caller).get(address).content.decode()
                source = ("bob", "maria-duarte", "annexamplecom")[place]
                assert f"utm_source={source}&utm_medium=of+{place}" in body
                assert body.count("utm_source=") == body.count(f"utm_source={source}&")

    def test_an_answer_that_a_client_has_is_no_answer_for_another(
        self, partner: Partner, catalog: None
    ) -> None:
        bob, ann = signed_in(person("bob")), signed_in(person("ann"))
        address = f"{COURSES}/NorthU+PHY101/"
        etag = bob.get(address)["ETag"]
        assert bob.get(address, headers={"If-None-Match": etag}).status_code == 304
        assert ann.get(address, headers={"If-None-Match": etag}).status_code == 200

    @pytest.mark.parametrize("value", ["", "0"])
    def test_they_can_be_left_out(self, as_alice: APIClient, catalog: None, value: str) -> None:
        address = f"{COURSES}/NorthU+PHY101/"
        assert "utm_" not in as_alice.get(f"{address}?exclude_utm=1").content.decode()
        tagged = as_alice.get(f"{address}?exclude_utm={value}").content.decode()
        assert tagged.count("utm_source=alice") == 2
