"""Giving the card of a program another picture."""

from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.persons import expected, statuses
from course_discovery.api.tests.pictures import BAD_PICTURES, data_uri
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Program
from course_discovery.course_metadata.tests.factories import OrganizationFactory, ProgramFactory
from course_discovery.publisher.tests.persons import cast


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def program(partner: Partner) -> Program:
    made: Program = ProgramFactory(partner=partner, title="Mathematics")
    return made


def address(program: Program) -> str:
    return f"/api/v1/programs/{program.uuid}/update_card_image/"


def test_the_card_is_shown_with_it(as_sam: APIClient, program: Program) -> None:
    before = as_sam.get(f"/api/v1/programs/{program.uuid}/").json()
    answer = as_sam.post(address(program), {"image": data_uri()})
    assert (answer.status_code, answer.json()) == (
        200,
        f"Successfully updated program card image for program {program.uuid}: Mathematics",
    )
    after = as_sam.get(f"/api/v1/programs/{program.uuid}/").json()
    assert after["card_image_url"] != before["card_image_url"]
    assert after["data_modified_timestamp"] != before["data_modified_timestamp"]


def test_who_may(program: Program) -> None:
    people = cast(OrganizationFactory(partner=program.partner))
    found = statuses(people, lambda client: client.post(address(program), {"image": data_uri()}))
    assert found == expected(people, {200: "sam paula"})


@pytest.mark.parametrize("body", [{}, [], "x", {"image": None}, {"image": ""}, {"image": {}}])
def test_bad_bodies(as_sam: APIClient, program: Program, body: Any) -> None:
    answer = as_sam.post(address(program), body)
    assert (answer.status_code, answer.json()) == (400, "Bad image data in request")


@pytest.mark.parametrize("image", BAD_PICTURES)
def test_bad_pictures(as_sam: APIClient, program: Program, image: Any) -> None:
    assert as_sam.post(address(program), {"image": image}).status_code == 400


def test_programs_are_not_written_otherwise(as_sam: APIClient, program: Program) -> None:
    assert as_sam.post("/api/v1/programs/", {}).status_code == 405
    for verb in ("post", "put", "patch", "delete"):
        assert getattr(as_sam, verb)(f"/api/v1/programs/{program.uuid}/", {}).status_code == 405
    assert as_sam.get(address(program)).status_code == 405
    unknown = "/api/v1/programs/00000000-0000-4000-8000-000000000000/update_card_image/"
    assert as_sam.post(unknown, {"image": data_uri()}).status_code == 404
