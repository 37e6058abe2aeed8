"""Reading subjects and levels, in the language asked for."""

import pytest
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import LevelTypeFactory, SubjectFactory


@pytest.fixture
def physics(partner: Partner) -> None:
    subject = SubjectFactory(partner=partner, slug="physics", name="Physics")
    subject.translations.create(language_code="es", name="Física", subtitle="Ondas")
    level = LevelTypeFactory(name="Introductory", sort_value=1)
    level.translations.create(language_code="es", name_t="Introductorio")
    LevelTypeFactory(name="Advanced", sort_value=0)


@pytest.mark.parametrize(
    ("query", "name", "subtitle"),
    [("", "Physics", None), ("?language_code=es", "Física", "Ondas"),
     ("?language_code=xx", "Physics", None)],
)  # fmt: skip
def test_subjects_come_in_the_language_asked_for(
    as_alice: APIClient, physics: None, query: str, name: str, subtitle: str | None
) -> None:
    subject = as_alice.get(f"/api/v1/subjects/{query}").json()["results"][0]
    assert (subject["name"], subject["subtitle"]) == (name, subtitle)


def test_the_callers_language_counts_too(as_alice: APIClient, physics: None) -> None:
    answer = as_alice.get("/api/v1/subjects/", headers={"Accept-Language": "es"})
    assert answer.json()["results"][0]["name"] == "Física"


def test_subjects_filter_by_slug_and_are_found_by_uuid(
    as_alice: APIClient, physics: None, partner: Partner
) -> None:
    SubjectFactory(partner=partner, slug="history")
    found = as_alice.get("/api/v1/subjects/?slug=physics").json()
    assert found["count"] == 1
    uuid = found["results"][0]["uuid"]
    assert as_alice.get(f"/api/v1/subjects/{uuid}/").json()["slug"] == "physics"
    assert as_alice.get("/api/v1/subjects/0/").status_code == 404


def test_levels_are_in_order_and_found_by_name_in_any_language(
    as_alice: APIClient, physics: None
) -> None:
    body = as_alice.get("/api/v1/level_types/?page_size=1").json()
    assert [level["name"] for level in body["results"]] == ["Advanced", "Introductory"]
    for name in ("Introductory", "Introductorio"):
        level = as_alice.get(f"/api/v1/level_types/{name}/").json()
        assert level == {"name": "Introductory", "sort_value": 1}
    assert as_alice.get("/api/v1/level_types/Nope/").status_code == 404
