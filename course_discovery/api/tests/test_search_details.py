"""Details: every hit as its own address shows it, in the order of the hits, in few queries."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from course_discovery.api.tests.programs import make_program, restrict
from course_discovery.api.tests.searching import (
    V1,
    V2,
    Everything,
    build_indexes,
    make_everything,
)
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun, CourseUrlSlug
from course_discovery.course_metadata.tests.factories import CourseRunFactory, PersonFactory

ALL = f"{V1}/all/details/?include_learner_pathways=true"


@pytest.fixture
def everything(no_index: Any, partner: Partner) -> Everything:
    made = make_everything(partner)
    build_indexes()
    return made


def rows(client: APIClient, url: str) -> list[dict[str, Any]]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def own_address(row: dict[str, Any]) -> str:
    """Where a thing itself is served."""
    place, name = {
        "course": ("courses", "uuid"),
        "courserun": ("course_runs", "key"),
        "program": ("programs", "uuid"),
        "person": ("people", "uuid"),
        "learnerpathway": ("learner-pathway", "uuid"),
    }[row["content_type"]]
    return f"/api/v1/{place}/{row[name]}/"


@pytest.mark.parametrize(
    "parameters", ["", "&exclude_utm=1", "&include_restricted=custom-b2b-enterprise"]
)
def test_each_is_what_its_own_address_answers(
    as_alice: APIClient, as_sam: APIClient, everything: Everything, parameters: str
) -> None:
    restrict(CourseRunFactory(course=everything.course, key="course-v1:NorthU+PHY101+B2B"))
    build_indexes()
    for client in (as_alice, as_sam):
        seen = set()
        for row in rows(client, f"{ALL}{parameters}"):
            own = client.get(f"{own_address(row)}?{parameters.lstrip('&')}")
            assert own.status_code == 200, own_address(row)
            assert row == {"content_type": row["content_type"], **own.json()}
            assert list(row) == ["content_type", *own.json()]
            seen.add(row["content_type"])
        assert len(seen) == 5


def test_addresses_of_pages_carry_the_parameters_of_tracking(
    as_alice: APIClient, everything: Everything
) -> None:
    CourseUrlSlug.objects.create(
        course=everything.course, partner=everything.course.partner, url_slug="a", is_active=True
    )
    [course] = rows(as_alice, f"{V1}/courses/details/")
    assert course["marketing_url"].endswith("?utm_source=alice&utm_medium=affiliate_partner")
    assert course["editable"] is False
    [course] = rows(as_alice, f"{V1}/courses/details/?exclude_utm=1")
    assert "utm_source" not in course["marketing_url"]


def test_what_is_searched_for_does_not_change_what_is_shown(
    as_alice: APIClient, everything: Everything
) -> None:
    CourseRunFactory(course=everything.course, key="course-v1:NorthU+PHY101+HID", hidden=True)
    build_indexes()
    url = f"{V1}/courses/details/"
    [course] = rows(as_alice, f"{url}?q=NorthU%2BPHY101")
    assert course["course_run_keys"] == [everything.run.key]
    assert [course] == rows(as_alice, url)
    [course] = rows(as_alice, f"{url}?q=NorthU%2BPHY101&include_hidden_course_runs=1")
    assert len(course["course_run_keys"]) == 2


def test_staff_may_edit_what_they_find(as_sam: APIClient, everything: Everything) -> None:
    [course] = rows(as_sam, f"{V1}/courses/details/")
    assert course["editable"] is True


def test_drafts_are_never_shown(as_sam: APIClient, everything: Everything) -> None:
    [course] = rows(as_sam, f"{V1}/courses/details/?editable=1")
    assert "has_unpublished_changes" not in course


def test_details_keep_the_order_and_the_pages_of_the_list(
    as_alice: APIClient, partner: Partner, everything: Everything
) -> None:
    make_program(partner, "A+1", "A+2", title="Chemistry")
    build_indexes()
    for base in (f"{V1}/all/", f"{V2}/all/", f"{V1}/programs/", f"{V1}/limited/"):
        listed, detailed = base, f"{base}details/"
        for page in range(3):
            parameters = "" if page else "?page_size=3&ordering=-aggregation_key&z=1"
            short, full = (as_alice.get(f"{url}{parameters}").json() for url in (listed, detailed))
            assert [each["content_type"] for each in full["results"]] == [
                each["content_type"] for each in short["results"]
            ]
            assert full["count"] == short["count"]
            if full["next"] is None:
                break
            listed, detailed = short["next"], full["next"]


def test_what_was_deleted_meanwhile_is_left_out(
    as_alice: APIClient, everything: Everything
) -> None:
    CourseRun.everything.filter(pk=everything.run.pk).delete()
    body = as_alice.get(f"{V1}/course_runs/details/").json()
    assert (body["count"], body["results"]) == (1, [])


def test_nothing_found_is_an_empty_page(as_alice: APIClient, everything: Everything) -> None:
    for name in ("all", "courses", "programs", "people"):
        assert as_alice.get(f"{V1}/{name}/details/?q=nothing like it").json()["results"] == []


def cost(client: APIClient, url: str) -> int:
    client.get(url)  # what is not stored yet is stored now
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_cost_does_not_depend_on_the_number_of_hits(
    as_alice: APIClient, as_sam: APIClient, partner: Partner, everything: Everything
) -> None:
    urls = (
        f"{ALL}&page_size=100",
        *(f"{V1}/{name}/details/?page_size=100" for name in ("courses", "course_runs", "people")),
        f"{V1}/programs/details/?page_size=100",
        f"{V2}/all/details/?include_learner_pathways=true&page_size=100",
    )
    few = {url: [cost(client, url) for client in (as_alice, as_sam)] for url in urls}
    for number in range(12):
        make_program(partner, f"B+{number}", title=f"Program {number}")
        PersonFactory(partner=partner)
    build_indexes()
    many = {url: [cost(client, url) for client in (as_alice, as_sam)] for url in urls}
    assert many == few
    assert all(each <= 10 for costs in many.values() for each in costs), many
