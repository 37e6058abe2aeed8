"""Writing learner pathways: whole pathways, by staff."""

from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.learner_pathway.asking import LISTS, URL, titles
from course_discovery.api.tests.persons import expected, statuses
from course_discovery.api.tests.pictures import BAD_PICTURES, data_uri
from course_discovery.api.tests.test_contract_keys import fits
from course_discovery.api.v1.shapes.learner_pathway import LearnerPathwayShape
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, Program
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.tests.persons import cast
from learner_pathway.models import LearnerPathway, LearnerPathwayStep

ENTERPRISE = "7f2c0b39-6b55-4f3c-9a55-2f6b2f6d1c01"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def address(pathway: LearnerPathway) -> str:
    return f"{URL}{pathway.uuid}/"


def test_who_may_write(partner: Partner, pathway: LearnerPathway) -> None:
    people = cast(OrganizationFactory(partner=partner))
    asks: dict[Any, int] = {
        (lambda client: client.post(URL, {"title": "New"})): 201,
        (lambda client: client.put(address(pathway), {"title": "New"})): 200,
        (lambda client: client.patch(address(pathway), {"title": "New"})): 200,
        (lambda client: client.delete(address(pathway))): 204,
    }
    for ask, status in asks.items():
        assert statuses(people, ask) == expected(people, {status: "sam paula"})


def test_a_new_pathway_is_shown(
    as_sam: APIClient, partner: Partner, course: Course, program: Program
) -> None:
    block = f"block-v1:{course.key}+1+type@video+block@intro"
    answer = as_sam.post(
        URL,
        {
            "title": "To the stars", "status": "active", "overview": "<p onclick=x>Far.</p>",
            "card_image": data_uri(), "banner_image": None, "id": 9, "junk": [],
            "steps": [
                {"courses": [course.key], "blocks": [{"course": course.key, "block_id": block}]},
                {"programs": [str(program.uuid)], "min_requirement": 1},
            ],
        },
    )  # fmt: skip
    assert answer.status_code == 201, answer.json()
    told = answer.json()
    fits(told, LearnerPathwayShape(), "pathway")
    made = LearnerPathway.objects.get()
    assert (told["uuid"], told["overview"]) == (str(made.uuid), "<p>Far.</p>")
    assert made.partner == partner
    assert told["steps"][0]["courses"][0]["key"] == course.key
    assert told["steps"][1]["programs"][0]["uuid"] == str(program.uuid)
    assert told["card_image"]
    assert as_sam.get(address(made)).json() == told


def test_what_was_answered_may_be_sent_back(as_sam: APIClient, pathway: LearnerPathway) -> None:
    told = as_sam.get(address(pathway)).json()
    assert as_sam.put(address(pathway), told).json() == told
    assert as_sam.patch(address(pathway), {}).json() == told
    assert pathway.steps.get(course_nodes__isnull=False).block_nodes.count() == 1


def test_steps_are_told_whole(as_sam: APIClient, pathway: LearnerPathway, course: Course) -> None:
    first = pathway.steps.all()[0]
    body = {"steps": [{"uuid": str(first.uuid), "min_requirement": 1}]}
    told = as_sam.patch(address(pathway), body).json()
    assert [each["uuid"] for each in told["steps"]] == [str(first.uuid)]
    assert told["steps"][0]["courses"][0]["key"] == course.key
    assert as_sam.put(address(pathway), {"title": "Empty"}).json()["steps"] == []


def test_scopes_are_told_whole(
    as_sam: APIClient, as_alice: APIClient, pathway: LearnerPathway
) -> None:
    scope = {"kind": "enterprise", "uuid": ENTERPRISE}
    assert as_sam.patch(address(pathway), {"scopes": [scope]}).status_code == 200
    assert titles(as_alice) == []
    assert titles(as_alice, enterprise_customer_uuid=ENTERPRISE) == ["To the stars"]
    as_sam.patch(address(pathway), {"title": "Stars"})
    assert titles(as_alice) == []
    as_sam.patch(address(pathway), {"scopes": []})
    assert titles(as_alice) == ["Stars"]


def test_inactive_pathways_are_written_too(as_sam: APIClient, pathway: LearnerPathway) -> None:
    assert as_sam.patch(address(pathway), {"status": "inactive"}).json()["status"] == "inactive"
    assert as_sam.get(address(pathway)).status_code == 404
    assert as_sam.patch(address(pathway), {"status": "active"}).status_code == 200
    assert as_sam.get(address(pathway)).status_code == 200


def test_a_deleted_pathway_is_gone_with_its_steps(
    as_sam: APIClient, pathway: LearnerPathway
) -> None:
    assert as_sam.delete(address(pathway)).status_code == 204
    assert not LearnerPathwayStep.objects.exists()
    assert as_sam.delete(address(pathway)).status_code == 404
    assert as_sam.patch(address(pathway), {}).status_code == 404


BAD_BODIES = [
    {"title": ""},
    {"title": None},
    {"title": "x" * 256},
    {"title": "\x00"},
    {"status": "open"},
    {"overview": "\x00"},
    {"visible_via_association": "maybe"},
    {"steps": None},
    {"steps": {}},
    {"steps": [1]},
    {"steps": [{}] * 101},
    {"steps": [{"min_requirement": 0}]},
    {"steps": [{"min_requirement": 10**9}]},
    {"steps": [{"min_requirement": 5}]},
    {"steps": [{"uuid": "junk"}]},
    {"steps": [{"uuid": "00000000-0000-4000-8000-000000000000"}]},
    {"steps": [{"courses": "NorthU+PHY101"}]},
    {"steps": [{"courses": ["Unknown+1"]}]},
    {"steps": [{"courses": [{}]}]},
    {"steps": [{"courses": [None]}]},
    {"steps": [{"courses": ["NorthU+PHY101", "northu+phy101"]}]},
    {"steps": [{"programs": ["junk"]}]},
    {"steps": [{"programs": [{}]}]},
    {"steps": [{"programs": [2**200]}]},
    {"steps": [{"programs": ["00000000-0000-4000-8000-000000000000"]}]},
    {"steps": [{"blocks": [{"course": "NorthU+PHY101"}]}]},
    {"steps": [{"blocks": [{"course": "NorthU+PHY101", "block_id": "junk"}]}]},
    {"scopes": [{"kind": "planet", "uuid": ENTERPRISE}]},
    {"scopes": [{"kind": "enterprise"}]},
    {"scopes": [{"kind": "enterprise", "uuid": "junk"}]},
    {"scopes": "all"},
    *({"card_image": each} for each in BAD_PICTURES),
]


@pytest.mark.parametrize("bad", BAD_BODIES)
def test_bad_bodies(as_sam: APIClient, pathway: LearnerPathway, bad: dict[str, Any]) -> None:
    answer = as_sam.post(URL, {"title": "New", **bad})
    assert answer.status_code == 400
    assert answer.json()
    assert as_sam.patch(address(pathway), bad).status_code == 400
    assert LearnerPathway.objects.get().title == "To the stars"


@pytest.mark.parametrize("bad", [[], "x", 7, {}])
def test_bodies_that_are_no_pathway(as_sam: APIClient, pathway: LearnerPathway, bad: Any) -> None:
    assert as_sam.post(URL, bad).status_code == 400
    assert as_sam.put(address(pathway), bad).status_code == 400


def test_a_change_of_something_older_is_refused(as_sam: APIClient, pathway: LearnerPathway) -> None:
    etag = as_sam.get(address(pathway))["ETag"]
    headers = {"If-Match": etag}
    assert as_sam.patch(address(pathway), {"title": "A"}, headers=headers).status_code == 200
    assert as_sam.patch(address(pathway), {"title": "B"}, headers=headers).status_code == 412


def test_steps_and_nodes_are_written_with_their_pathway(as_sam: APIClient) -> None:
    for address in LISTS[1:]:
        assert as_sam.post(address, {}).status_code == 405
