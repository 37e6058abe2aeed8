"""Pathways as clients read them."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from rest_framework.test import APIClient

from course_discovery.api.tests.programs import (
    make_course,
    make_full_degree,
    make_pathway,
    make_program,
    restrict,
)
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.tests.factories import PathwayFactory, ProgramFactory

PATHWAYS = "/api/v1/pathways/"


def listed(client: APIClient, **parameters: Any) -> list[dict[str, Any]]:
    answer = client.get(PATHWAYS, parameters)
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


@pytest.fixture
def as_gina(partner: Partner) -> APIClient:
    """A client signed in as Gina, who is in a group."""
    gina = User.objects.create_user("gina")
    gina.groups.add(Group.objects.create(name="Somebody"))
    client = APIClient()
    client.force_authenticate(gina)
    return client


@pytest.mark.parametrize(
    ("who", "status"),
    [("anonymous", 401), ("as_alice", 403), ("as_gina", 200), ("as_sam", 200)],
)
def test_pathways_are_for_staff_and_for_people_in_a_group(
    request: pytest.FixtureRequest, partner: Partner, who: str, status: int
) -> None:
    client, pathway = request.getfixturevalue(who), make_pathway(partner)
    assert client.get(PATHWAYS).status_code == status
    assert client.get(f"{PATHWAYS}{pathway.pk}/").status_code == status


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_pathways_are_not_written_here(as_sam: APIClient, partner: Partner, verb: str) -> None:
    pathway = make_pathway(partner)
    for path in (PATHWAYS, f"{PATHWAYS}{pathway.pk}/"):
        assert getattr(as_sam, verb)(path, {}).status_code == 405


def test_a_pathway_is_read_by_its_number(as_sam: APIClient, partner: Partner) -> None:
    pathway = make_pathway(partner, make_full_degree(partner), name="On")
    [row] = listed(as_sam)
    for path in (f"{PATHWAYS}{pathway.pk}/", f"{PATHWAYS}{pathway.pk}"):
        assert as_sam.get(path).json() == row
    assert (row["id"], row["name"], row["programs"][0]["title"]) == (pathway.pk, "On", "Physics")


def test_pathways_of_other_partners_are_not_there(as_sam: APIClient, partner: Partner) -> None:
    theirs = PathwayFactory()
    assert listed(as_sam) == []
    answer = as_sam.get(f"{PATHWAYS}{theirs.pk}/")
    assert answer.status_code == 404
    assert answer.json() == {"detail": f"No pathway matches '{theirs.pk}'."}


def test_pathways_come_in_their_order_by_page(as_sam: APIClient, partner: Partner) -> None:
    for name in "abc":
        make_pathway(partner, name=name)
    assert [row["name"] for row in listed(as_sam)] == ["a", "b", "c"]
    assert [row["name"] for row in listed(as_sam, page=2, page_size=2)] == ["c"]


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("published", ["published"]),
        ("retired", ["retired"]),
        ("", ["unpublished", "published", "retired"]),
    ],
)
def test_pathways_are_filtered_by_status(
    as_sam: APIClient, partner: Partner, status: str, names: list[str]
) -> None:
    for each in ("unpublished", "published", "retired"):
        make_pathway(partner, name=each, status=each)
    assert [row["name"] for row in listed(as_sam, status=status)] == names


@pytest.mark.parametrize(("name", "value"), [("status", "gone"), ("exclude_utm", "yes")])
def test_a_bad_value_is_told_by_its_parameter(
    as_sam: APIClient, partner: Partner, name: str, value: str
) -> None:
    make_pathway(partner)
    answer = as_sam.get(PATHWAYS, {name: value})
    assert answer.status_code == 400
    assert list(answer.json()) == [name]


def test_restricted_runs_are_shown_where_asked_for(as_sam: APIClient, partner: Partner) -> None:
    course = make_course(partner, "A+1", runs=2)
    course.course_runs.filter(key__endswith="0").update(status="reviewed")
    restrict(course.course_runs.get(key__endswith="0"))
    make_pathway(partner, ProgramFactory(partner=partner, courses_in_order=[course]))
    [plain], [asked] = listed(as_sam), listed(as_sam, include_restricted="custom-b2b-enterprise")
    for row, runs, statuses in ((plain, 1, ["published"]), (asked, 2, ["published", "reviewed"])):
        assert len(row["programs"][0]["courses"][0]["course_runs"]) == runs
        assert row["course_run_statuses"] == row["programs"][0]["course_run_statuses"] == statuses


def test_addresses_carry_tracking_parameters_unless_told(
    as_sam: APIClient, partner: Partner
) -> None:
    make_pathway(partner, make_program(partner, "A+1"))
    assert "utm_source=sam" in str(listed(as_sam))
    assert "utm" not in str(listed(as_sam, exclude_utm=1))


def test_a_pathway_changes_with_its_programs(as_sam: APIClient, partner: Partner) -> None:
    program = make_program(partner, "A+1")
    make_pathway(partner, program)
    listed(as_sam)
    program.title = "A better one"
    program.save()
    assert listed(as_sam)[0]["programs"][0]["title"] == "A better one"
