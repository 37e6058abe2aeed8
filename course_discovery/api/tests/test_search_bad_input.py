"""What is wrong with a search is told by its parameter, wherever it is asked."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.searching import (
    LISTS,
    V1,
    V2,
    Everything,
    build_indexes,
    make_everything,
)
from course_discovery.core.models import Partner

FILTERED = (f"{V1}/all/", f"{V1}/limited/", f"{V2}/all/")
# Bad parameters of addresses that take filters, and the field of the answer that tells them.
BAD_FILTERS = {
    "published=maybe": "published",
    "hidden=2": "hidden",
    "active=None": "active",
    "has_enrollable_seats=x": "has_enrollable_seats",
    "enterprise_subscription_inclusion=-": "enterprise_subscription_inclusion",
    "start=someday": "start",
    "start__gt=notadate": "start__gt",
    "end__lte=31.12.2030": "end__lte",
    "end_date__lt=x": "end_date__lt",
    "first_enrollable_paid_seat_price=free": "first_enrollable_paid_seat_price",
    "first_enrollable_paid_seat_price__gt=abc": "first_enrollable_paid_seat_price__gt",
    "first_enrollable_paid_seat_price__range=__": "first_enrollable_paid_seat_price__range",
}
# And those that every address refuses.
BAD = {"q=nonsense:=x": "detail", "q=start:=someday": "q", "q=title:=": "q"}
BAD_PATHWAYS = {
    "include_learner_pathways=perhaps": "include_learner_pathways",
    "include_learner_pathways=1&enterprise_customer_uuid=zzz": "enterprise_customer_uuid",
    "include_learner_pathways=1&learner_group_uuid=1": "learner_group_uuid",
}
BAD_FACETS = ("selected_facets=nope_exact:x", "selected_facets=", "selected_facets=nope")


@pytest.fixture
def everything(no_index: Any, partner: Partner) -> Everything:
    made = make_everything(partner)
    build_indexes()
    return made


def test_a_bad_value_is_400_and_names_the_parameter(
    as_alice: APIClient, everything: Everything
) -> None:
    asked = [(url, BAD) for url in LISTS]
    asked += [(url, BAD_FILTERS) for url in FILTERED]
    asked += [(f"{version}/all/", BAD_PATHWAYS) for version in (V1, V2)]
    for url, table in asked:
        for query, field in table.items():
            for form in ("", "facets/", "details/"):
                answer = as_alice.get(f"{url}{form}?{query}")
                assert answer.status_code == 400, f"{url}{form}?{query}"
                assert list(answer.json()) == [field], query


def test_bodies_are_refused_in_the_same_words(as_alice: APIClient, everything: Everything) -> None:
    bad: dict[str, Any] = {
        "published": "maybe", "start__gte": "x", "hidden": [True, "no"], "level_type": {"a": 1},
        "first_enrollable_paid_seat_price__lte": "x", "include_learner_pathways": "perhaps",
    }  # fmt: skip
    for version in (V1, V2):
        for name, value in bad.items():
            answer = as_alice.post(f"{version}/all/", {name: value}, format="json")
            assert answer.status_code == 400, name
            assert list(answer.json()) == [name]


def test_addresses_of_one_kind_take_no_filters(as_alice: APIClient, everything: Everything) -> None:
    for name in ("courses", "course_runs", "programs", "people"):
        url = f"{V1}/{name}/"
        everybody = as_alice.get(url).json()["count"]
        for query in ("published=maybe", "start__gt=x", "status=gone", "partner=nobody"):
            assert as_alice.get(f"{url}?{query}").json()["count"] == everybody


def test_an_unknown_facet_is_400_with_its_name(as_alice: APIClient, everything: Everything) -> None:
    for url in LISTS:
        for query in BAD_FACETS:
            answer = as_alice.get(f"{url}facets/?{query}")
            assert answer.status_code == 400, url
            assert list(answer.json()) == ["detail"]


def test_an_unknown_query_facet_is_400_where_there_are_some(
    as_alice: APIClient, everything: Everything
) -> None:
    query = "facets/?selected_query_facets=nope"
    for url in LISTS:
        answer = as_alice.get(f"{url}{query}")
        if url.rpartition("/search/")[2] in ("courses/", "programs/", "people/"):
            assert (answer.status_code, answer.json()["queries"]) == (200, {})
            continue
        assert answer.status_code == 400, url
        assert answer.json() == {"detail": "The selected query facet [nope] is not valid."}


def test_a_page_that_is_not_there_is_404(as_alice: APIClient, everything: Everything) -> None:
    for url in LISTS[:-1]:
        for page in ("0", "-1", "9", "x", "9999", "9" * 12, "1.5"):
            for form in ("", "facets/", "details/"):
                answer = as_alice.get(f"{url}{form}?page={page}")
                assert (answer.status_code, answer.json()) == (404, {"detail": "Invalid page."})


def test_depth_is_bounded_and_the_way_on_is_named(
    as_alice: APIClient, everything: Everything, settings: Any
) -> None:
    settings.MAX_RESULT_WINDOW = 2
    answer = as_alice.get(f"{V1}/all/?page=2&page_size=2")
    assert answer.status_code == 400
    assert "/api/v2/search/all/" in answer.json()["page"][0]
    # What is not there at all is not there, however deep.
    assert as_alice.get(f"{V1}/all/?page=9&page_size=2").status_code == 404


def test_bodies_that_cannot_be_read_are_refused(
    as_alice: APIClient, everything: Everything
) -> None:
    for version in (V1, V2):
        url = f"{version}/all/"
        broken: Any = as_alice.post(url, "{bad", content_type="application/json")
        assert broken.status_code == 400
        assert broken.json()["detail"].startswith("JSON parse error")
        for body in ("[1]", '"x"', "3"):
            listed: Any = as_alice.post(url, body, content_type="application/json")
            assert listed.status_code == 400
        assert as_alice.post(url, "x", content_type="text/plain").status_code == 415
