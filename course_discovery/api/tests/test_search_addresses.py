"""Every address of searches answers: lists, facets, details, single documents; who may call it."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from course_discovery.api.tests.searching import (
    EXTENSION,
    LISTS,
    NAMES,
    V1,
    V2,
    Everything,
    build_indexes,
    make_everything,
)
from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import CourseFactory, PartnerFactory
from learner_pathway.tests.factories import LearnerPathwayScopeFactory

PAGE = ["count", "next", "previous", "facets", "results"]
FACETS = ["fields", "dates", "queries", "objects"]
# The kinds of hits by the name of the list.
KINDS = {
    "all": {"course", "courserun", "program", "person"},
    "limited": {"course", "courserun", "program"},
    "courses": {"course"},
    "course_runs": {"courserun"},
    "programs": {"program"},
    "people": {"person"},
}


@pytest.fixture
def everything(no_index: Any, partner: Partner) -> Everything:
    made = make_everything(partner)
    build_indexes()
    return made


def kinds(rows: list[dict[str, Any]]) -> set[str]:
    return {row["content_type"] for row in rows}


def test_every_list_has_its_kinds_in_one_envelope(
    as_alice: APIClient, everything: Everything
) -> None:
    for name in NAMES:
        for url in (
            f"{V1}/{name}/",
            f"{V1}/{name}",
            f"{V1}/{name}/details/",
            f"{V1}/{name}/details",
        ):
            body = as_alice.get(url).json()
            assert list(body) == PAGE, url
            assert body["facets"] == {}
            assert body["count"] == len(body["results"])
            assert kinds(body["results"]) == KINDS[name], url
    for url in (f"{V2}/all/", f"{V2}/all", f"{V2}/all/details/"):
        body = as_alice.get(url).json()
        assert list(body) == PAGE
        assert kinds(body["results"]) == KINDS["all"]


def test_every_list_has_facets(as_alice: APIClient, everything: Everything) -> None:
    for url in LISTS:
        for address in (f"{url}facets/", f"{url}facets"):
            body = as_alice.get(address).json()
            assert list(body) == FACETS, address
            assert body["dates"] == {}
            assert list(body["objects"]) == ["count", "next", "previous", "results"]
            assert body["objects"]["count"] == len(body["objects"]["results"]) > 0
    # What the service that this one replaces has the other way round.
    for address in (EXTENSION, f"{EXTENSION}/"):
        body = as_alice.get(address).json()
        assert list(body) == ["dates", "queries", "fields", "objects"]
        assert list(body["objects"])[-1] == "distinct_count"


def test_one_document_is_the_row_of_its_list(as_alice: APIClient, everything: Everything) -> None:
    for url in LISTS:
        uuid = everything.uuid_in(url)
        rows = as_alice.get(url).json()["results"]
        for name in (uuid, uuid.upper(), uuid.replace("-", "")):
            for slash in ("/", ""):
                answer = as_alice.get(f"{url}{name}{slash}")
                assert answer.status_code == 200, f"{url}{name}"
                assert answer.json() in rows


def test_courses_and_runs_are_found_by_their_keys(
    as_alice: APIClient, everything: Everything
) -> None:
    for name, key in (("courses", everything.course.key), ("course_runs", everything.run.key)):
        for written in (key, key.lower(), key.replace("+", "%2B")):
            assert as_alice.get(f"{V1}/{name}/{written}/").json()["key"] == key
        assert as_alice.get(f"{V1}/all/{key}/").json()["key"] == key


@pytest.mark.parametrize(
    "name", ["00000000-0000-0000-0000-000000000000", "zzz", "a/b", "suggest", "functional_suggest"]
)
def test_what_is_not_there_is_404(as_alice: APIClient, everything: Everything, name: str) -> None:
    for url in LISTS:
        answer = as_alice.get(f"{url}{name}/")
        assert answer.status_code == 404
        assert answer.json()["detail"]


def test_a_key_is_that_of_the_site_and_a_uuid_that_of_any_partner(
    as_alice: APIClient, everything: Everything
) -> None:
    twin = CourseFactory(partner=PartnerFactory(), key=everything.course.key)
    build_indexes()
    url = f"{V1}/courses/"
    assert as_alice.get(f"{url}{twin.key}/").json()["uuid"] == str(everything.course.uuid)
    assert as_alice.get(f"{url}{twin.uuid}/").json()["uuid"] == str(twin.uuid)
    assert as_alice.get(f"{V1}/all/{twin.uuid}/").status_code == 404


def test_only_lists_of_everything_take_a_body(as_alice: APIClient, everything: Everything) -> None:
    for url in LISTS:
        expected = 200 if url.endswith("/all/") else 405
        assert as_alice.post(url, {}, format="json").status_code == expected
        for form in ("facets/", "details/"):
            assert as_alice.post(f"{url}{form}", {}, format="json").status_code == 405


def test_who_is_not_signed_in_is_told_so(anonymous: APIClient, everything: Everything) -> None:
    urls = [*LISTS, *(f"{url}{form}/" for url in LISTS for form in ("facets", "details", "x"))]
    for url in [*urls, EXTENSION, f"{V1}/typeahead?q=x", f"{V1}/person_typeahead/?q=x"]:
        answer = anonymous.get(url)
        assert answer.status_code == 401, url
        assert answer.json() == {"detail": "Authentication credentials were not provided."}


def test_learner_pathways_are_found_by_who_asks_for_them(
    as_alice: APIClient, as_sam: APIClient, everything: Everything
) -> None:
    uuid = str(everything.pathway.uuid)
    for url in (f"{V1}/all/", f"{V2}/all/", f"{V1}/all/details/", f"{V2}/all/details/"):
        for flag in ("true", "True", "1"):
            rows = as_alice.get(f"{url}?include_learner_pathways={flag}").json()["results"]
            assert [row["uuid"] for row in rows if row["content_type"] == "learnerpathway"] == [
                uuid
            ]
        assert "learnerpathway" not in kinds(as_alice.get(f"{url}?content_type=").json()["results"])
    body = as_alice.post(f"{V1}/all/", {"include_learner_pathways": True}, format="json").json()
    assert "learnerpathway" in kinds(body["results"])
    assert as_alice.get(f"{V1}/all/{uuid}/").json()["title"] == "To the stars"
    facets = as_alice.get(f"{V1}/all/facets/?include_learner_pathways=true").json()
    assert "learnerpathway" in {each["text"] for each in facets["fields"]["content_type"]}


def test_learner_pathways_for_some_are_found_by_naming_whom_they_are_for(
    as_alice: APIClient, as_sam: APIClient, everything: Everything
) -> None:
    scope = LearnerPathwayScopeFactory(pathway=everything.pathway)
    build_indexes()
    url = f"{V1}/all/?include_learner_pathways=true&content_type=learnerpathway"
    one = f"{V1}/all/{everything.pathway.uuid}/"
    assert as_alice.get(url).json()["count"] == 0
    assert as_alice.get(one).status_code == 404
    named = f"enterprise_customer_uuid={scope.uuid}"
    assert as_alice.get(f"{url}&{named}").json()["count"] == 1
    assert as_alice.get(f"{one}?{named}").status_code == 200
    assert as_alice.get(f"{url}&learner_group_uuid={scope.uuid}").json()["count"] == 0
    assert as_sam.get(url).json()["count"] == 1


def test_facets_of_everything_count_people_only_where_asked_for(
    as_alice: APIClient, everything: Everything
) -> None:
    counted = as_alice.get(f"{V1}/all/facets/").json()
    assert kinds(counted["objects"]["results"]) == {"course", "courserun", "program"}
    people = as_alice.get(f"{V1}/all/facets/?content_type=person").json()
    assert kinds(people["objects"]["results"]) == {"person"}


def test_whatever_a_document_is_called_there_is_an_answer(
    as_alice: APIClient, everything: Everything
) -> None:
    @settings(
        max_examples=60, derandomize=True, database=None, deadline=None, phases=[Phase.generate]
    )
    @given(st.sampled_from(LISTS), st.text(min_size=1, max_size=60))
    def ask(url: str, name: str) -> None:
        answer = as_alice.get(f"{url}{quote(name, safe='')}/")
        assert answer.status_code == 404, name

    ask()
    assert as_alice.get(f"{V1}/courses/{'x' * 40_000}/").status_code == 404
