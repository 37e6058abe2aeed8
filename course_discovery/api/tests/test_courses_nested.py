"""What courses show of their programs, and which keys callers ask for."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    ProgramFactory,
    SubjectFactory,
)

URL = "/api/v1/courses/"
ADDRESS = f"{URL}NorthU+PHY101/"


@pytest.fixture
def course(partner: Partner) -> Course:
    made: Course = CourseFactory(
        partner=partner,
        key="NorthU+PHY101",
        title="Waves",
        organizations=[OrganizationFactory(partner=partner, key="NorthU")],
        subjects_in_order=[SubjectFactory(partner=partner, slug="physics")],
    )
    CourseRunFactory(course=made, key="course-v1:NorthU+PHY101+1")
    for status in ("active", "unpublished", "retired", "deleted"):
        ProgramFactory(
            partner=partner, title=status, status=status, marketing_slug=f"go-{status}",
            courses_in_order=[made],
        )  # fmt: skip
    return made


def programs(client: APIClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{ADDRESS}?{query}").json()["programs"]
    return found


def test_deleted_programs_are_shown_where_asked_for(as_alice: APIClient, course: Course) -> None:
    shown = ["active", "unpublished", "retired"]
    assert [each["title"] for each in programs(as_alice)] == shown
    query = "include_deleted_programs=0"
    assert [each["title"] for each in programs(as_alice, query)] == shown
    query = "include_deleted_programs=1"
    assert [each["title"] for each in programs(as_alice, query)] == [*shown, "deleted"]


def test_programs_have_the_keys_of_the_contract(as_alice: APIClient, course: Course) -> None:
    first = programs(as_alice)[0]
    assert list(first) == [
        "uuid", "title", "type", "type_attrs", "marketing_slug", "marketing_url",
        "number_of_courses",
    ]  # fmt: skip
    assert (first["type"], first["number_of_courses"]) == ("MicroMasters", 1)


def test_addresses_of_programs_carry_no_tracking(as_alice: APIClient, course: Course) -> None:
    url = "https://www.example.com/micromasters/go-active"
    assert [programs(as_alice, query)[0]["marketing_url"] for query in ("", "exclude_utm=1")] == [
        url, url,
    ]  # fmt: skip


@pytest.mark.parametrize("flag", ["include_deleted_programs", "include_retired_course_types"])
def test_flags_are_whole_numbers(as_alice: APIClient, course: Course, flag: str) -> None:
    for address in (URL, ADDRESS):
        answer = as_alice.get(f"{address}?{flag}=yes")
        assert (answer.status_code, list(answer.json())) == (400, [flag])


class TestSparseFields:
    """`fields` and `omit`."""

    @pytest.mark.parametrize(
        ("query", "keys"),
        [
            ("fields=key,title", ["key", "title"]),
            ("fields=title,key", ["key", "title"]),
            ("fields=key&fields=title", ["key", "title"]),
            ("fields[]=key&fields[]=title", ["key", "title"]),
            ("fields= key , title ,", ["key", "title"]),
            ("fields=key,nonsense", ["key"]),
            ("fields=nonsense", []),
            ("fields=key,owners.key", ["key", "owners"]),
            ("fields=key,title,uuid&omit=title", ["key", "uuid"]),
            ("fields=key&omit=key", []),
            ("fields=_pk,key", ["key"]),
        ],
    )
    def test_keys(self, as_alice: APIClient, course: Course, query: str, keys: list[str]) -> None:
        assert list(as_alice.get(f"{ADDRESS}?{query}").json()) == keys
        assert list(as_alice.get(f"{URL}?{query}").json()["results"][0]) == keys

    @pytest.mark.parametrize(
        "query", ["fields=*", "fields=~all", "fields=*,title", "fields=", "omit=", "omit=nonsense"]
    )
    def test_everything(self, as_alice: APIClient, course: Course, query: str) -> None:
        assert as_alice.get(f"{ADDRESS}?{query}").json() == as_alice.get(ADDRESS).json()

    def test_runs_and_programs_are_asked_for_by_the_same_names(
        self, as_alice: APIClient, course: Course
    ) -> None:
        body = as_alice.get(f"{ADDRESS}?fields=course_runs,programs,subjects,title").json()
        assert body["course_runs"] == [{"title": "Waves"}]
        assert body["programs"][0] == {"title": "active"}
        assert body["subjects"][0]["slug"] == "physics"
        body = as_alice.get(f"{ADDRESS}?omit=title,marketing_url").json()
        for each in (body, body["course_runs"][0], body["programs"][0]):
            assert not {"title", "marketing_url"} & set(each)
            assert "uuid" in each

    def test_with_drafts(self, as_sam: APIClient, course: Course) -> None:
        query = "editable=1&fields=key,has_unpublished_changes"
        assert as_sam.get(f"{ADDRESS}?{query}").json() == {
            "key": "NorthU+PHY101", "has_unpublished_changes": False,
        }  # fmt: skip
