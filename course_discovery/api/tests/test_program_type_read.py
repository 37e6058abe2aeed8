"""Program types and product sources as clients read them."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import ProgramType, Source
from course_discovery.course_metadata.tests.factories import ProgramTypeFactory

TYPES, SOURCES = "/api/v1/program_types/", "/api/v1/sources/"


def body(client: APIClient, path: str, **parameters: Any) -> Any:
    answer = client.get(path, parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("path", [f"{TYPES}xseries/", TYPES, f"{SOURCES}own/", SOURCES])
@pytest.mark.parametrize(("who", "status"), [("anonymous", 401), ("as_alice", 200)])
def test_whoever_is_signed_in_reads_them(
    request: pytest.FixtureRequest, partner: Partner, path: str, who: str, status: int
) -> None:
    Source.objects.create(name="Own", slug="own")
    client = request.getfixturevalue(who)
    assert client.get(path).status_code == status
    assert client.get(path[:-1]).status_code == status


@pytest.mark.parametrize("path", [TYPES, SOURCES])
@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_they_are_not_written_here(
    as_sam: APIClient, partner: Partner, path: str, verb: str
) -> None:
    assert getattr(as_sam, verb)(path, {}).status_code == 405


def test_a_catalog_begins_with_the_usual_types(as_alice: APIClient) -> None:
    rows = body(as_alice, TYPES)["results"]
    assert {row["slug"] for row in rows} == {
        "xseries", "micromasters", "professional-certificate", "masters", "microbachelors",
    }  # fmt: skip
    assert rows[0]["applicable_seat_types"] == ["credit", "professional", "verified"]


def test_pages_of_types_have_twenty(as_alice: APIClient) -> None:
    for _ in range(20):
        ProgramTypeFactory()
    assert len(body(as_alice, TYPES, page_size=2)["results"]) == 20
    assert len(body(as_alice, TYPES, page=2)["results"]) == 5


def test_a_type_is_found_by_its_slug_and_named_in_the_language_asked_for(
    as_alice: APIClient,
) -> None:
    kind = ProgramType.objects.get(slug="masters")
    kind.set_current_language("es")
    kind.name_t = "Máster"
    kind.save()
    assert body(as_alice, f"{TYPES}masters/")["name"] == "Masters"
    assert body(as_alice, f"{TYPES}masters/", language_code="es")["name"] == "Máster"
    answer = as_alice.get(f"{TYPES}unheard-of/")
    assert answer.json() == {"detail": "No program type matches 'unheard-of'."}


def test_a_types_logo_is_told_in_its_sizes(as_alice: APIClient) -> None:
    ProgramType.objects.filter(slug="masters").update(logo_image="media/program_types/m.png")
    logo = body(as_alice, f"{TYPES}masters/")["logo_image"]
    assert {name: copy["width"] for name, copy in logo.items()} == {
        "large": 256, "medium": 128, "small": 64, "x-small": 32,
    }  # fmt: skip
    assert logo["small"]["url"] == "http://testserver/media/media/program_types/m.small.png"


def test_sources_are_read_by_slug_and_by_page(as_alice: APIClient) -> None:
    for slug in ("own", "other"):
        Source.objects.create(name=slug.title(), slug=slug, description="Where it is from")
    own = {"name": "Own", "slug": "own", "description": "Where it is from"}
    assert body(as_alice, f"{SOURCES}own/") == own
    assert body(as_alice, SOURCES, page_size=1)["results"] == [own]
    assert body(as_alice, SOURCES)["count"] == 2
    assert as_alice.get(f"{SOURCES}none/").status_code == 404
