"""Orders, groups and pages of lists, and whose catalog they are of."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from course_discovery.api.tests.searching import NAMES, V1, V2, build_indexes
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.tests.factories import (
    PartnerFactory,
    PersonFactory,
    ProgramFactory,
)
from search.tests.catalog import DAY, NOW, make_course, make_run, restrict

ALL, LIMITED = f"{V1}/all/", f"{V1}/limited/"


@pytest.fixture
def catalog(no_index: Any, partner: Partner) -> Course:
    """Five courses, each with a run that starts a day later; programs and people."""
    for number in range(5):
        course = make_course(f"MITx+{number}", partner=partner, title=f"Course number {number}")
        make_run(course, start=NOW + number * DAY, end=NOW + 90 * DAY)
    restrict(make_run(course, f"course-v1:{course.key}+B2B"))
    for number in range(3):
        ProgramFactory(partner=partner, title=f"Program {number}", courses_in_order=[course])
        PersonFactory(partner=partner)
    build_indexes()
    return course


def rows(client: APIClient, url: str) -> list[dict[str, Any]]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def keys(client: APIClient, url: str) -> list[str]:
    return [row["aggregation_key"] for row in rows(client, url)]


def test_every_list_can_be_ordered(as_alice: APIClient, catalog: Course) -> None:
    for name in NAMES:
        url = f"{V1}/{name}/?page_size=100"
        rising = keys(as_alice, f"{url}&content_type=course&ordering=aggregation_key")
        falling = keys(as_alice, f"{url}&content_type=course&ordering=-aggregation_key")
        assert rising == sorted(rising)
        assert falling == rising[::-1]
        for ordering in ("relevance", "start", "-start", "nonsense", "start,aggregation_key"):
            assert sorted(keys(as_alice, f"{url}&ordering={ordering}")) == sorted(
                keys(as_alice, url)
            )
    # Nothing that is not known changes the default order.
    default = keys(as_alice, f"{V1}/courses/")
    assert default == [f"course:MITx+{number}" for number in (4, 3, 2, 1, 0)]
    for ordering in ("nonsense", "_score", "start,aggregation_key", "aggregation_uuid"):
        assert keys(as_alice, f"{V1}/courses/?ordering={ordering}") == default


def test_relevance_puts_first_what_says_it_in_few_words(
    as_alice: APIClient, catalog: Course, partner: Partner
) -> None:
    make_course("MITx+9", partner=partner, title="Zymurgy")
    make_course("MITx+8", partner=partner, title="Brewing", full_description="Of zymurgy and ale")
    build_indexes()
    for url in (f"{V1}/courses/", ALL, LIMITED, f"{V2}/all/"):
        assert keys(as_alice, f"{url}?q=zymurgy&ordering=relevance")[0] == "course:MITx+9"


def test_brief_rows_keep_the_order_of_hits_and_others_are_grouped(
    as_alice: APIClient, catalog: Course
) -> None:
    kinds = [row["content_type"] for row in rows(as_alice, f"{LIMITED}?ordering=-start")]
    assert sorted(kinds, key=kinds.index) != kinds
    for url in (f"{ALL}?ordering=-start", f"{V2}/all/?ordering=-start"):
        kinds = [row["content_type"] for row in rows(as_alice, url)]
        assert sorted(kinds, key=kinds.index) == kinds


def test_restricted_runs_are_hidden_everywhere_but_for_who_asks(
    as_alice: APIClient, catalog: Course
) -> None:
    run = f"course-v1:{catalog.key}+B2B"
    for url in (ALL, LIMITED, f"{V1}/course_runs/", f"{V2}/all/"):
        for form in ("", "details/"):
            found = [row.get("key") for row in rows(as_alice, f"{url}{form}?page_size=100")]
            assert run not in found, url
            shown = f"{url}{form}?page_size=100&include_restricted=x, custom-b2c"
            assert run in [row.get("key") for row in rows(as_alice, shown)], url
    one = f"{V1}/course_runs/{run}/"
    assert as_alice.get(one).status_code == 404
    assert as_alice.get(f"{one}?include_restricted=custom-b2c").status_code == 200
    body = {"include_restricted": ["x", "custom-b2c"], "content_type": "courserun"}
    found = as_alice.post(ALL, body, format="json").json()["results"]
    assert run in [row["key"] for row in found]


def test_only_the_first_q_counts_and_colons_are_text(as_alice: APIClient, catalog: Course) -> None:
    first = keys(as_alice, f"{V1}/courses/?q=number 3")
    assert first == ["course:MITx+3"]
    assert keys(as_alice, f"{V1}/courses/?q=number 3&q=number 4") == first
    assert keys(as_alice, f"{V1}/courses/?q=title:number") == []
    assert keys(as_alice, f"{V1}/courses/?q=title:=number 3") == first


def test_page_and_size_may_stand_in_a_body(as_alice: APIClient, catalog: Course) -> None:
    everything = [row["uuid"] for row in rows(as_alice, f"{ALL}?content_type=program")]
    body = {"content_type": ["program"], "page": 2, "page_size": 2}
    answer = as_alice.post(f"{ALL}?z=1", body, format="json").json()
    assert [row["uuid"] for row in answer["results"]] == everything[2:]
    # Links carry the address only: the body is sent with each page.
    assert answer["previous"] == f"http://testserver{ALL}?z=1"


def test_lists_of_everything_are_the_sites_own_unless_another_partner_is_named(
    as_alice: APIClient, catalog: Course, partner: Partner
) -> None:
    Partner.objects.filter(pk=partner.pk).update(short_code="OtherU")
    elsewhere = PartnerFactory(short_code="The")
    make_course("ElseX+1", partner=elsewhere)
    build_indexes()
    query = "content_type=course"
    for url in (ALL, f"{V2}/all/"):
        assert len(keys(as_alice, f"{url}?{query}")) == 5
        assert len(keys(as_alice, f"{url}?{query}&partner=")) == 5
        for named in ("the", "THE"):
            assert keys(as_alice, f"{url}?{query}&partner={named}") == ["course:ElseX+1"]
        assert as_alice.post(f"{url}?{query}", {}, format="json").json()["count"] == 6
    for url in (LIMITED, f"{V1}/courses/"):
        assert len(keys(as_alice, f"{url}?{query}")) == 6
