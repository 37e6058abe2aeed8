"""Version 2: everything, stretch by stretch, however it is ordered and whatever stands beside."""

import json
from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.searching import V1, V2, Everything, build_indexes, make_everything
from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import PersonFactory
from search.tests.catalog import make_course

URL = f"{V2}/all/"


@pytest.fixture
def everything(no_index: Any, partner: Partner) -> Everything:
    made = make_everything(partner)
    make_course("MITx+1", partner=partner, runs=2)
    for _each in range(4):
        PersonFactory(partner=partner)
    build_indexes()
    return made


def test_every_order_reaches_everything_once(as_alice: APIClient, everything: Everything) -> None:
    count = as_alice.get(f"{V1}/all/").json()["count"]
    for ordering in (
        "", "&ordering=start", "&ordering=-start", "&ordering=relevance", "&ordering=nonsense",
        "&ordering=aggregation_uuid", "&ordering=-start&ordering=aggregation_uuid",
        "&q=NorthU&ordering=start",
    ):  # fmt: skip
        for form in ("", "details/"):
            url: str | None = f"{URL}{form}?page_size=3{ordering}"
            rows: list[Any] = []
            while url:
                body = as_alice.get(url).json()
                assert body["previous"] is None
                rows += body["results"]
                url = body["next"]
            names = {
                (row["content_type"], row["uuid"] if "uuid" in row else row["key"]) for row in rows
            }
            assert len(names) == len(rows) == body["count"], ordering
            if "q=" not in ordering:
                assert body["count"] == count
    assert body["results"] == []


def test_number_of_a_page_does_not_count(as_alice: APIClient, everything: Everything) -> None:
    first = as_alice.get(f"{URL}?page_size=2").json()
    for page in ("2", "99", "zzz"):
        body = as_alice.get(f"{URL}?page_size=2&page={page}").json()
        assert body["results"] == first["results"]
        assert "page=" not in body["next"].replace("page_size=", "")


def test_places_survive_a_client_that_writes_them_anew(
    as_alice: APIClient, everything: Everything
) -> None:
    biggest = 2**53
    body = as_alice.get(f"{URL}?page_size=100").json()
    places = [row["sort"] for row in body["results"]]
    assert all(isinstance(place[1], str) for place in places)
    assert all(place[0] is None or -biggest < place[0] < biggest for place in places)
    # Of the person that comes first: no date, which others write as a huge number.
    person = next(row for row in body["results"] if row["content_type"] == "person")
    after = [as_alice.get(URL, {"search_after": json.dumps(place)}).json()["results"]
             for place in (person["sort"], [-(2**63), person["sort"][1]])]  # fmt: skip
    assert after[0] == after[1]
    assert person["uuid"] not in {row["uuid"] for row in after[0] if "uuid" in row}


def test_a_position_may_stand_in_a_body(as_alice: APIClient, everything: Everything) -> None:
    first = as_alice.post(URL, {"page_size": 2, "content_type": "person"}, format="json").json()
    place = json.dumps(first["results"][-1]["sort"])
    body = {"page_size": 2, "content_type": "person", "search_after": place}
    second = as_alice.post(URL, body, format="json").json()
    seen = {row["uuid"] for row in first["results"]}
    assert len(second["results"]) == 2
    assert not seen & {row["uuid"] for row in second["results"]}


def test_one_document_tells_its_place(as_alice: APIClient, everything: Everything) -> None:
    row = as_alice.get(f"{URL}{everything.degree.uuid}/").json()
    assert row["aggregation_uuid"] == f"program:{everything.degree.uuid}"
    assert row["sort"][-1] == row["aggregation_uuid"]
