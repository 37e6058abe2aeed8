"""Programs, pathways, types and sources have every key of the contract, in order and by type."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers
from rest_framework.test import APIClient

from course_discovery.api.tests.programs import make_full_degree, make_pathway
from course_discovery.api.tests.samples import needs_samples, sample_path
from course_discovery.api.tests.test_contract_keys import compare, fits
from course_discovery.api.v1.nested import SourceShape
from course_discovery.api.v1.shapes.pathway import PathwayShape
from course_discovery.api.v1.shapes.program import (
    ProgramExtendedShape,
    ProgramMinShape,
    ProgramShape,
)
from course_discovery.api.v1.shapes.program_type import ProgramTypeShape
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Program


class Resource:
    """An address, what it answers, and the recorded answer to compare with."""

    def __init__(self, path: str, shape: type[serializers.Serializer[Any]], sample: str) -> None:
        self.path, self.shape, self.sample = path, shape, sample

    def read(self, client: APIClient, uuid: str) -> Any:
        answer = client.get(self.path.format(uuid=uuid))
        assert answer.status_code == 200, answer.content
        body = answer.json()
        return body["results"][0] if "results" in body else body

    def recorded(self) -> Any:
        path = sample_path(self.sample)
        body = json.loads(path.read_text(encoding="utf-8"))["body"]
        return body["results"][0] if "results" in body else body


RESOURCES = {
    "program": Resource("/api/v1/programs/{uuid}/", ProgramShape, "program_detail"),
    "degree": Resource("/api/v1/programs/{uuid}/", ProgramShape, "degree_detail"),
    "list": Resource("/api/v1/programs/", ProgramMinShape, "programs_list"),
    "extended": Resource("/api/v1/programs/?extended=1", ProgramExtendedShape, "programs_extended"),
    "pathway": Resource("/api/v1/pathways/", PathwayShape, "pathways_list"),
    "program type": Resource("/api/v1/program_types/masters/", ProgramTypeShape,
                             "program_type_detail"),
    "source": Resource("/api/v1/sources/own/", SourceShape, "source_detail"),
}  # fmt: skip


@pytest.fixture
def uuid(partner: Partner) -> str:
    """The uuid of a degree that has everything, is first in lists, and is in a pathway."""
    degree = make_full_degree(partner)
    Program.objects.exclude(pk=degree.pk).update(hidden=True)
    make_pathway(partner, degree)
    return str(degree.uuid)


@pytest.mark.parametrize("name", RESOURCES)
def test_answers_have_the_keys_of_their_shape(as_sam: APIClient, uuid: str, name: str) -> None:
    fits(RESOURCES[name].read(as_sam, uuid), RESOURCES[name].shape(), name)


@needs_samples
@pytest.mark.parametrize("name", RESOURCES)
def test_keys_order_and_types_are_those_recorded(as_sam: APIClient, uuid: str, name: str) -> None:
    # The recorded programs have no banner.
    Program.objects.filter(uuid=uuid).update(banner_image=None)
    compare(RESOURCES[name].read(as_sam, uuid), RESOURCES[name].recorded(), name)


@needs_samples
def test_uuids_are_a_bare_list_as_recorded(as_sam: APIClient, uuid: str) -> None:
    path = sample_path("programs_uuids_only")
    compare(
        as_sam.get("/api/v1/programs/?uuids_only=1").json(),
        json.loads(path.read_text(encoding="utf-8"))["body"],
        "uuids",
    )


def cost(client: APIClient, path: str) -> int:
    assert client.get(path).status_code == 200  # what is not stored yet is stored now
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


PATHS = {
    "/api/v1/programs/?limit=100": 10,
    "/api/v1/programs/?limit=100&extended=1&ordering=key": 10,
    "/api/v1/programs/?limit=100&use_full_course_serializer=1": 10,
    "/api/v1/programs/?limit=100&status=active&types=masters&include_restricted=custom-b2c": 10,
    "/api/v1/programs/?uuids_only=1": 10,
    "/api/v1/programs/{uuid}/": 12,
    "/api/v1/programs/{uuid}/?use_full_course_serializer=1": 12,
    "/api/v1/pathways/?page_size=100": 10,
    "/api/v1/program_types/": 10,
    "/api/v1/sources/": 10,
}


def test_cost_does_not_depend_on_the_number_of_rows(
    as_sam: APIClient, partner: Partner, uuid: str
) -> None:
    few = {path: cost(as_sam, path.format(uuid=uuid)) for path in PATHS}
    assert all(each <= PATHS[path] for path, each in few.items()), few
    for number in range(20):
        copy = Program.objects.get(uuid=uuid)
        made = Program.objects.create(
            partner=partner, type=copy.type, title=str(number), marketing_slug=f"copy-{number}"
        )
        for link in copy.course_links.all():
            made.course_links.create(course=link.course)
        make_pathway(partner, made)
    assert {path: cost(as_sam, path.format(uuid=uuid)) for path in PATHS} == few
