"""Search over REST."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.tests.factories import LevelTypeFactory, PartnerFactory
from search.tests.catalog import make_course, make_run, restrict

ALL, COURSES, RUNS = (f"/api/v1/search/{name}/" for name in ("all", "courses", "course_runs"))
COURSE_KEYS = [
    "aggregation_key", "content_type", "full_description", "key", "short_description", "title",
    "card_image_url", "image_url", "course_runs", "uuid", "seat_types", "skill_names", "skills",
    "end_date", "course_ends", "subjects", "languages", "organizations", "course_type",
    "course_length", "enterprise_subscription_inclusion", "external_course_marketing_type",
    "product_source",
]  # fmt: skip
RUN_KEYS = [
    "aggregation_key", "content_type", "authoring_organization_uuids", "availability", "end",
    "enrollment_end", "enrollment_start", "first_enrollable_paid_seat_sku",
    "first_enrollable_paid_seat_price", "full_description", "go_live_date",
    "has_enrollable_seats", "image_url", "is_enrollable", "key", "language", "level_type",
    "logo_image_urls", "marketing_url", "max_effort", "min_effort", "mobile_available", "number",
    "org", "pacing_type", "partner", "program_types", "published", "seat_types", "skill_names",
    "skills", "short_description", "staff_uuids", "start", "subject_uuids", "title",
    "transcript_languages", "type", "weeks_to_complete", "restriction_type", "fixed_price_usd",
]  # fmt: skip


@pytest.fixture
def catalog(no_index: Any, partner: Partner) -> Course:
    """Two courses with five runs, one of them restricted and one not published."""
    level = LevelTypeFactory(name="Introductory")
    course = make_course(
        "MITx+6.00x", partner=partner, runs=2, title="Introduction to Computer Science",
        level_type=level, full_description="<p>Learn <b>Python</b> &amp; algorithms.</p>",
    )  # fmt: skip
    restrict(make_run(course, "course-v1:MITx+6.00x+B2B"))
    other = make_course(
        "HarvardX+CB22x", partner=partner, runs=1, title="The Ancient Greek Hero", subject="History"
    )
    make_run(other, "course-v1:HarvardX+CB22x+DRAFTY", status="unpublished")
    call_command("update_index", verbosity=0)
    return course


def keys(client: APIClient, url: str) -> list[str]:
    return [row["key"] for row in client.get(url).json()["results"]]


@pytest.mark.parametrize("url", [ALL, COURSES, RUNS, ALL.rstrip("/"), RUNS.rstrip("/")])
def test_lists_have_the_envelope_that_clients_know(
    as_alice: APIClient, catalog: Course, url: str
) -> None:
    body = as_alice.get(url).json()
    assert list(body) == ["count", "next", "previous", "facets", "results"]
    assert body["facets"] == {}
    assert body["count"] == len(body["results"]) > 0


def test_rows_have_the_keys_of_the_contract_in_their_order(
    as_alice: APIClient, catalog: Course
) -> None:
    assert list(as_alice.get(COURSES).json()["results"][0]) == COURSE_KEYS
    assert list(as_alice.get(RUNS).json()["results"][0]) == RUN_KEYS


def test_rows_come_grouped_by_kind(as_alice: APIClient, catalog: Course) -> None:
    kinds = [row["content_type"] for row in as_alice.get(ALL).json()["results"]]
    assert sorted(kinds, key=kinds.index) == kinds
    assert {kind: kinds.count(kind) for kind in kinds} == {"course": 2, "courserun": 4}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ancient", ["HarvardX+CB22x"]),
        ("q=computer science", ["MITx+6.00x"]),
        ("q=python", ["MITx+6.00x"]),
        ("q=title:=hero", ["HarvardX+CB22x"]),
        ("q=HarvardX%2BCB22x", ["HarvardX+CB22x"]),
        ("q=nothing like that", []),
        ("q=", ["MITx+6.00x", "HarvardX+CB22x"]),
        ("q=(", []),
    ],
)
def test_q_is_a_phrase(as_alice: APIClient, catalog: Course, query: str, found: list[str]) -> None:
    assert sorted(keys(as_alice, f"{COURSES}?{query}")) == sorted(found)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("content_type=course", 2),
        ("content_type=course&content_type=courserun", 6),
        ("published=true&content_type=courserun", 3),
        ("published=False", 1),
        ("partner=EDX", 6),
        ("partner=other", 0),
        ("org=mitx", 3),
        ("level_type=Introductory", 3),
        ("level_type=introductory", 0),
        ("include_restricted=custom-b2c", 7),
        ("unknown=1&enterprise_force_include_aggregation_keys=x", 6),
        ("first_enrollable_paid_seat_price__lte=49&content_type=courserun", 4),
        ("first_enrollable_paid_seat_price__gt=49", 0),
        ("course_type__exclude=verified-audit", 4),
    ],
)
def test_filters(as_alice: APIClient, catalog: Course, query: str, count: int) -> None:
    assert as_alice.get(f"{ALL}?{query}").json()["count"] == count


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("published=maybe", "published"),
        ("start__gt=notadate", "start__gt"),
        ("first_enrollable_paid_seat_price__gt=abc", "first_enrollable_paid_seat_price__gt"),
        ("q=nonsense:=x", "detail"),
    ],
)
def test_a_bad_value_is_400_and_names_the_parameter(
    as_alice: APIClient, catalog: Course, query: str, field: str
) -> None:
    answer = as_alice.get(f"{ALL}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()) == [field]


class TestBodies:
    """POST takes the filters as JSON or as a form, and adds no partner."""

    def test_json(self, as_alice: APIClient, catalog: Course) -> None:
        body = {
            "content_type": ["course", "courserun"], "published": True, "q": None,
            "partner": "edx", "enterprise_force_include_aggregation_keys": ["a"],
        }  # fmt: skip
        assert as_alice.post(ALL, body, format="json").json()["count"] == 5

    def test_form_with_repeated_keys(self, as_alice: APIClient, catalog: Course) -> None:
        answer = as_alice.post(
            f"{ALL}?page_size=100",
            "content_type=course&content_type=courserun&exclude_expired_course_run=True",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.json()["count"] == 6

    def test_no_partner_is_added(self, as_alice: APIClient, catalog: Course) -> None:
        make_course("OtherU+X1", title="Elsewhere", partner=PartnerFactory())
        call_command("update_index", disable_change_limit=True, verbosity=0)
        assert as_alice.get(ALL).json()["count"] == 6
        assert as_alice.post(ALL, {}, format="json").json()["count"] == 7


class TestPages:
    """Pages by number."""

    def test_pages_lead_on_and_keep_the_other_parameters(
        self, as_alice: APIClient, catalog: Course
    ) -> None:
        seen, url = [], f"{ALL}?z=1&page_size=4&a=2"
        while url:
            body = as_alice.get(url).json()
            seen += [row["key"] for row in body["results"]]
            before, url = url, body["next"]
            if url:
                assert urlsplit(url).query == "a=2&page=2&page_size=4&z=1"
        assert len(seen) == len(set(seen)) == 6
        assert "page=2" in before
        assert body["previous"].endswith("?a=2&page_size=4&z=1")

    @pytest.mark.parametrize("page", ["0", "-1", "3", "x", "9" * 12, "1.5"])
    def test_a_page_that_is_not_there_is_404(
        self, as_alice: APIClient, catalog: Course, page: str
    ) -> None:
        answer = as_alice.get(f"{ALL}?page={page}&page_size=4")
        assert (answer.status_code, answer.json()) == (404, {"detail": "Invalid page."})

    def test_last_and_odd_sizes(self, as_alice: APIClient, catalog: Course) -> None:
        assert len(as_alice.get(f"{ALL}?page=last&page_size=4").json()["results"]) == 2
        for size in ("0", "-3", "x", "", "99999999999999"):
            assert len(as_alice.get(f"{ALL}?page_size={size}").json()["results"]) == 6


class TestPositions:
    """Version 2 reaches every hit by following `next`."""

    @pytest.mark.parametrize(
        "query", ["", "ordering=start&", "ordering=-start&", "ordering=aggregation_uuid&"]
    )
    def test_next_leads_through_everything_once(
        self, as_alice: APIClient, catalog: Course, query: str
    ) -> None:
        seen, url, answers = [], f"/api/v2/search/all/?{query}page_size=2", 0
        while url:
            body = as_alice.get(url).json()
            assert body["count"] == 6
            assert body["previous"] is None
            seen += [row["aggregation_uuid"] for row in body["results"]]
            url, answers = body["next"], answers + 1
            assert answers < 10
        assert len(seen) == len(set(seen)) == 6

    @pytest.mark.parametrize("after", ["x", "[]", '["a"]', '{"a": 1}', "[" * 5000])
    def test_a_bad_position_is_400(self, as_alice: APIClient, catalog: Course, after: str) -> None:
        answer = as_alice.get("/api/v2/search/all/", {"search_after": after})
        assert answer.status_code == 400
        assert list(answer.json()) == ["search_after"]


class TestFacets:
    """Counts of what is published, each with the address that narrows to it."""

    @pytest.mark.parametrize("url", [ALL, COURSES, RUNS])
    def test_each_count_is_that_of_its_own_address(
        self, as_alice: APIClient, catalog: Course, url: str
    ) -> None:
        body = as_alice.get(f"{url}facets/").json()
        assert list(body) == ["fields", "dates", "queries", "objects"]
        assert list(body["objects"]) == ["count", "next", "previous", "results"]
        followed = 0
        for facet in [*body["fields"].values(), list(body["queries"].values())]:
            for item in facet:
                narrowed = as_alice.get(item["narrow_url"]).json()
                assert narrowed["objects"]["count"] == item["count"], item
                followed += 1
        assert followed > 3

    def test_values_and_counts(self, as_alice: APIClient, catalog: Course) -> None:
        fields = as_alice.get(f"{RUNS}facets/").json()["fields"]
        assert [(each["text"], each["count"]) for each in fields["organizations"]] == [
            ("MITx: MITx University", 2),
            ("HarvardX: HarvardX University", 1),
        ]
        assert fields["content_type"][0]["text"] == "courserun"

    def test_selections_combine(self, as_alice: APIClient, catalog: Course) -> None:
        chosen = "selected_facets=organizations_exact:MITx: MITx University"
        both = f"{chosen}&selected_facets=level_type_exact:Introductory"
        assert as_alice.get(f"{RUNS}facets/?{both}").json()["objects"]["count"] == 2

    @pytest.mark.parametrize(
        "query", ["selected_facets=nope_exact:x", "selected_query_facets=nope"]
    )
    def test_an_unknown_facet_is_400(
        self, as_alice: APIClient, catalog: Course, query: str
    ) -> None:
        answer = as_alice.get(f"{RUNS}facets/?{query}")
        assert answer.status_code == 400
        assert "nope" in answer.json()["detail"]


class TestQueryStrings:
    """`q` of the course and run lists: Lucene's grammar."""

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("python", 1), ("org:MITx AND NOT title:greek", 1), ("title:hero or title:science", 2),
            ("key:HarvardX*", 1), ("*", 2), ("*:*", 2), ("level_type:*", 1), ("nothing", 0),
            ("start:[2029-01-01 TO 2031-01-01]", 2), ("", 2),
        ],
    )  # fmt: skip
    def test_courses(self, as_alice: APIClient, catalog: Course, query: str, found: int) -> None:
        answer = as_alice.get("/api/v1/courses/", {"q": query})
        assert answer.json()["count"] == found

    def test_other_filters_hold_too(self, as_alice: APIClient, catalog: Course) -> None:
        runs = as_alice.get("/api/v1/course_runs/", {"q": "org:MITx", "keys": "a+b+c"})
        assert runs.json()["count"] == 0
        ordered = as_alice.get("/api/v1/course_runs/", {"q": "org:MITx", "ordering": "-start"})
        assert [row["key"][-6:] for row in ordered.json()["results"]] == ["2T2030", "1T2030"]

    @pytest.mark.parametrize("resource", ["courses", "course_runs"])
    @pytest.mark.parametrize(
        "query", ["title:((", "a AND", '"open', "fuzzy~3", "/regex", "/(/", "boost^", "^2", "~"]
    )
    def test_a_bad_query_is_400_with_the_reason(
        self, as_alice: APIClient, catalog: Course, resource: str, query: str
    ) -> None:
        answer = as_alice.get(f"/api/v1/{resource}/", {"q": query})
        assert answer.status_code == 400
        assert "character" in answer.json()["detail"]


def test_a_dead_search_server_is_503_at_once_and_nothing_else_suffers(
    as_alice: APIClient, partner: Partner, settings: Any, unused_tcp_port: int
) -> None:
    settings.SEARCH_URL = f"http://127.0.0.1:{unused_tcp_port}"
    for url in (ALL, f"{RUNS}facets/", "/api/v1/courses/?q=python"):
        began = time.monotonic()
        answer = as_alice.get(url)
        assert time.monotonic() - began < 1
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert answer.json()["detail"]
    assert as_alice.get("/api/v1/courses/").status_code == 200


def test_an_edit_is_found_at_once(
    as_alice: APIClient, catalog: Course, drain: Callable[[], None]
) -> None:
    catalog.title = "Zymurgy"
    catalog.save()
    drain()
    assert keys(as_alice, f"{COURSES}?q=zymurgy") == ["MITx+6.00x"]
    catalog.delete()
    drain()
    assert keys(as_alice, f"{COURSES}?q=zymurgy") == []
