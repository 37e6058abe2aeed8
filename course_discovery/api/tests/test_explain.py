"""Why something is shown or not, and by which part of a query it is found."""

from typing import Any

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from course_discovery.catalogs.models import Catalog
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    PartnerFactory,
    ProgramFactory,
)
from search.tests.catalog import make_course, make_run, restrict, unmarketable

COURSE = "MITx+6.00x"


@pytest.fixture
def course(no_index: Any, partner: Partner) -> Course:
    """A course with a published run, one in review, a hidden one and a restricted one."""
    made = make_course(COURSE, partner=partner, runs=1, title="Introduction to Python")
    make_run(made, "course-v1:MITx+6.00x+REVIEW", status="review_by_legal")
    make_run(made, "course-v1:MITx+6.00x+HIDDEN", hidden=True)
    restrict(make_run(made, "course-v1:MITx+6.00x+B2B"))
    call_command("update_index", verbosity=0)
    return made


def explain(client: APIClient, path: str, **parameters: Any) -> Any:
    response = client.get(f"/api/v1/{path}/explain/", parameters)
    assert response.status_code == 200, response.content
    return response.json()


def failing(told: Any) -> set[str]:
    return {each["condition"] for each in told["conditions"] if not each["passes"]}


def shown(told: Any) -> set[str]:
    return {name for name, place in told["places"].items() if place["shown"]}


def test_course_that_is_shown_everywhere(as_alice: APIClient, course: Course) -> None:
    told = explain(as_alice, f"courses/{COURSE}")
    assert (told["key"], told["uuid"]) == (COURSE, str(course.uuid))
    assert failing(told) == set()
    assert shown(told) == set(told["places"])
    assert told["query"] is None
    assert told["catalog"] is None
    assert told == explain(as_alice, f"courses/{course.uuid}")


@pytest.mark.parametrize(
    ("run", "name", "fact"),
    [
        ("REVIEW", "published", "Its status is review_by_legal."),
        ("HIDDEN", "not hidden", "It is hidden."),
        ("B2B", "not restricted", "It is restricted: custom-b2c."),
    ],
)
def test_run_is_missing_for_a_reason(
    as_alice: APIClient, course: Course, run: str, name: str, fact: str
) -> None:
    told = explain(as_alice, f"course_runs/course-v1:MITx+6.00x+{run}")
    assert failing(told) == {name}
    assert fact in [each["fact"] for each in told["conditions"] if each["condition"] == name]
    assert told["places"]["facets"] == {"shown": False, "because": [name]}


def test_explanation_of_search_agrees_with_search(as_alice: APIClient, course: Course) -> None:
    make_run(course, "course-v1:MITx+6.00x+FREE", type=unmarketable())
    call_command("update_index", verbosity=0)
    rows = as_alice.get("/api/v1/search/course_runs/?page_size=100").json()["results"]
    found = {row["key"] for row in rows}
    listed = {row["key"] for row in as_alice.get("/api/v1/course_runs/").json()["results"]}
    for run in CourseRun.objects.all():
        told = explain(as_alice, f"course_runs/{run.key}")
        assert told["places"]["search"]["shown"] == (run.key in found), run.key
        assert told["places"]["list"]["shown"] == (run.key in listed), run.key


@pytest.mark.parametrize("hidden", [True, False])
@pytest.mark.parametrize("status", ["published", "unpublished"])
@pytest.mark.parametrize("other", ["hidden", "restricted", "unpublished", ""])
def test_explanation_of_facets_agrees_with_facets(
    as_alice: APIClient, no_index: Any, partner: Partner, status: str, other: str, hidden: bool
) -> None:
    course = make_course(COURSE, partner=partner)
    make_run(course, status=status, hidden=hidden)
    if other == "restricted":
        restrict(make_run(course, "course-v1:MITx+6.00x+OTHER"))
    elif other:
        values = {"hidden": True} if other == "hidden" else {"status": other}
        make_run(course, "course-v1:MITx+6.00x+OTHER", **values)
    call_command("update_index", verbosity=0)
    counted = as_alice.get("/api/v1/search/courses/facets/").json()["objects"]["count"]
    told = explain(as_alice, f"courses/{COURSE}")
    assert told["places"]["facets"]["shown"] == bool(counted)


def test_restricted_run_is_shown_to_those_who_ask_for_it(
    as_alice: APIClient, course: Course
) -> None:
    told = explain(
        as_alice, "course_runs/course-v1:MITx+6.00x+B2B", include_restricted="custom-b2c"
    )
    assert failing(told) == set()


def test_parts_of_a_query(as_alice: APIClient, course: Course) -> None:
    told = explain(as_alice, f"courses/{COURSE}", q="title:python AND NOT (org:MITx or nothing)")
    assert told["query"] == {
        "query": "title:python AND NOT (org:MITx or nothing)",
        "is_indexed": True,
        "matches": False,
        "parts": [
            {"part": "title:python", "role": "required", "matches": True},
            {"part": "(org:MITx OR nothing)", "role": "prohibited", "matches": True},
        ],
    }


def test_query_that_cannot_be_read_is_400(as_alice: APIClient, course: Course) -> None:
    response = as_alice.get(f"/api/v1/courses/{COURSE}/explain/?q=title:(")
    assert response.status_code == 400
    assert response.json()["detail"].startswith("q: ")


def test_catalog_tells_by_which_part_it_leaves_something_out(
    as_sam: APIClient, as_alice: APIClient, course: Course
) -> None:
    catalog = Catalog.objects.create(name="Physics", query="org:MITx AND title:physics")
    told = explain(as_sam, f"courses/{COURSE}", catalog=catalog.pk)["catalog"]
    assert (told["id"], told["name"], told["matches"]) == (catalog.pk, "Physics", False)
    assert [each["matches"] for each in told["parts"]] == [True, False]
    for unknown in (catalog.pk, 999, "x", "1e5", "9" * 5000, "\u0663"):
        response = as_alice.get(f"/api/v1/courses/{COURSE}/explain/", {"catalog": unknown})
        assert response.status_code == 400
        assert list(response.json()) == ["catalog"]


def test_catalog_with_a_query_that_cannot_be_read_says_so(
    as_sam: APIClient, course: Course
) -> None:
    catalog = Catalog.objects.create(name="Broken", query="title:(")
    told = explain(as_sam, f"courses/{COURSE}", catalog=catalog.pk)["catalog"]
    assert told["matches"] is False
    assert told["query_error"]


def test_program_that_is_not_active(as_alice: APIClient, no_index: Any, partner: Partner) -> None:
    program = ProgramFactory.create(partner=partner, status="retired", hidden=True)
    told = explain(as_alice, f"programs/{program.uuid}")
    assert {"active", "not hidden", "may be marketed"} == failing(told)
    assert shown(told) >= {"list", "search"}


def test_drafts_are_explained_to_those_who_may_see_them_only(
    as_alice: APIClient, as_sam: APIClient, no_index: Any, partner: Partner
) -> None:
    CourseFactory.create(partner=partner, key="MITx+NEW", draft=True)
    assert as_alice.get("/api/v1/courses/MITx+NEW/explain/").status_code == 404
    told = explain(as_sam, "courses/MITx+NEW")
    assert told["places"]["list"] == {"shown": False, "because": ["official"]}


def test_other_partners_things_are_explained_to_staff_only(
    as_alice: APIClient, as_sam: APIClient, no_index: Any, partner: Partner
) -> None:
    other = PartnerFactory.create(short_code="other")
    CourseFactory.create(partner=other, key="OtherX+1")
    assert as_alice.get("/api/v1/courses/OtherX+1/explain/").status_code == 404
    told = explain(as_sam, "courses/OtherX+1")
    assert "partner" in told["places"]["list"]["because"]


def test_unknown_things_are_404_and_strangers_401(
    as_alice: APIClient, anonymous: APIClient, course: Course
) -> None:
    for key in ("MITx+NONE", "MITx+%00"):
        assert as_alice.get(f"/api/v1/courses/{key}/").status_code == 404
        assert as_alice.get(f"/api/v1/courses/{key}/explain/").status_code == 404
    # A uuid that no program has, and one letter more than a uuid has.
    for name in (str(course.uuid), f"{course.uuid.hex}a"):
        assert as_alice.get(f"/api/v1/programs/{name}/explain/").status_code == 404
        assert as_alice.get(f"/api/v1/courses/{course.uuid.hex}a/explain/").status_code == 404
    assert anonymous.get(f"/api/v1/courses/{COURSE}/explain/").status_code == 401


def test_keys_of_the_older_form_have_no_explanation(as_alice: APIClient, course: Course) -> None:
    # It would be the address of the course `MITx/explain`.
    assert as_alice.get("/api/v1/courses/MITx/explain/").json() == {
        "detail": "No course matches 'MITx/explain'."
    }
