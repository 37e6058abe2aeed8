"""Pages of hits: order, number, position; and single documents."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django import Settings

from course_discovery.course_metadata.models import Course
from search.documents.kinds import COURSE, COURSE_RUN, KINDS
from search.queries import BadValue, NoSuchPage
from search.queries.page import Hit, find_one, group_by_type, search_after, search_page
from search.tests.catalog import DAY, NOW, make_course, make_run, restrict
from search.tests.finding import asking, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalog(indexes: Settings, drain_at_now: Callable[[], None]) -> list[Course]:
    """Seven courses; each but the last two has a run, three of which start together."""
    courses = [make_course(f"Org+{number}", title=f"Course {number}") for number in range(7)]
    for number, course in enumerate(courses[:5]):
        make_run(course, start=NOW + min(number, 2) * DAY)
    drain_at_now()
    return courses


def keys(hits: list[Hit]) -> list[str]:
    return [hit.source["key"] for hit in hits]


def test_default_order_is_latest_first_then_by_key(catalog: list[Course]) -> None:
    assert found([COURSE]) == ["Org+2", "Org+3", "Org+4", "Org+1", "Org+0", "Org+5", "Org+6"]


def test_pages_share_nothing_and_miss_nothing(catalog: list[Course]) -> None:
    everything = found()
    pages = [search_page(asking(), page=number, size=5) for number in (1, 2, 3)]
    assert [keys(page.hits) for page in pages] == [
        everything[:5],
        everything[5:10],
        everything[10:],
    ]
    assert [page.has_next for page in pages] == [True, True, False]
    assert {page.count for page in pages} == {12}


def test_last_page_is_known_by_name(catalog: list[Course]) -> None:
    page = search_page(asking(), page="last", size=5)
    assert (page.number, len(page.hits)) == (3, 2)
    assert search_page(asking(q="nothing like it"), page="last").number == 1


@pytest.mark.parametrize("number", [0, -1, 4])
def test_page_that_is_not_there(catalog: list[Course], number: int) -> None:
    with pytest.raises(NoSuchPage):
        search_page(asking(), page=number, size=5)


def test_nothing_found_is_one_empty_page(catalog: list[Course]) -> None:
    page = search_page(asking(q="nothing like it"))
    assert (page.count, page.hits, page.has_next) == (0, [], False)


def test_page_beyond_the_window_names_the_way_on(catalog: list[Course], settings: Settings) -> None:
    settings.MAX_RESULT_WINDOW = 10
    assert search_page(asking(), page=2, size=5).count == 12
    with pytest.raises(BadValue, match=r"page: .*/api/v2/search/all/"):
        search_page(asking(), page=3, size=5)
    with pytest.raises(NoSuchPage):
        search_page(asking(), page=4, size=5)


@pytest.mark.parametrize(
    ("ordering", "first"),
    [
        (["start"], "Org+0"),
        (["-aggregation_key"], "Org+6"),
        (["-start", "-aggregation_key"], "Org+4"),
        (["nonsense"], "Org+2"),
        (["start,aggregation_key"], "Org+2"),
        (["nonsense", "start"], "Org+0"),
    ],
)
def test_order_is_chosen_one_field_a_parameter(
    catalog: list[Course], ordering: list[str], first: str
) -> None:
    assert keys(search_page(asking([COURSE]), ordering=ordering).hits)[0] == first


def test_relevance_puts_the_best_first(indexes: Settings, drain_at_now: Callable[[], None]) -> None:
    make_course(
        "Org+1", title="Ancient history", full_description="<p>Rome, and some chemistry</p>"
    )
    make_course("Org+2", title="Chemistry", full_description="<p>Chemistry, nothing else</p>")
    late = make_course("Org+3", title="Elements of chemistry")
    make_run(late, start=NOW + 900 * DAY)
    drain_at_now()
    asked = asking([COURSE], q="chemistry")
    assert keys(search_page(asked).hits)[0] == "Org+3"
    assert keys(search_page(asked, ordering=["relevance"]).hits)[0] == "Org+2"


def test_runs_that_can_be_bought_come_first_by_relevance(
    indexes: Settings, drain_at_now: Callable[[], None]
) -> None:
    course = make_course("Org+1")
    make_run(course, "course-v1:Org+1+old", start=NOW - 900 * DAY, end=NOW - 800 * DAY)
    make_run(course, "course-v1:Org+1+new", start=NOW - 900 * DAY, end=NOW + 90 * DAY)
    drain_at_now()
    hits = search_page(asking([COURSE_RUN]), ordering=["relevance"]).hits
    assert keys(hits)[0] == "course-v1:Org+1+new"


def stretches(ordering: list[str], size: int) -> Iterator[list[str]]:
    after = ""
    while True:
        stretch = search_after(asking(), after=after, size=size, ordering=ordering)
        assert stretch.count == 12
        yield keys(stretch.hits)
        if stretch.following is None:
            return
        after = stretch.following


@pytest.mark.parametrize(
    "ordering",
    [[], ["start"], ["-start"], ["aggregation_uuid"], ["start", "aggregation_uuid"], ["relevance"]],
)
def test_positions_reach_every_hit_once(catalog: list[Course], ordering: list[str]) -> None:
    pages = list(stretches(ordering, 5))
    assert sorted(key for page in pages for key in page) == sorted(found())
    assert pages[-1] == []


def test_page_is_one_request_to_the_engine(
    catalog: list[Course], asked: list[tuple[str, str, Any]]
) -> None:
    search_page(asking(q="course", org="org"), size=5)
    assert [method for method, _, _ in asked] == ["POST"]
    search_after(asking(), size=5)
    assert len(asked) == 2
    assert all(body["track_total_hits"] is True for _, _, body in asked)


def test_single_stretch_has_no_position(catalog: list[Course]) -> None:
    assert search_after(asking(), size=12).following is None


def test_places_are_safe_in_javascript_and_the_other_form_is_taken(catalog: list[Course]) -> None:
    last = search_after(asking([COURSE]), size=6)
    assert last.hits[-1].place == [None, f"course:{last.hits[-1].source['uuid']}"]
    assert last.hits[0].place[0] == int((NOW + 2 * DAY).timestamp() * 1000)
    known = json.dumps([-(2**63), last.hits[-1].place[1]])
    rest = [
        search_after(asking([COURSE]), after=after, size=6)
        for after in (last.following, known)
        if after
    ]
    assert keys(rest[0].hits) == keys(rest[1].hits) != []


@pytest.mark.parametrize(
    "after",
    ["no json", '["a"]', "[]", '{"a": 1}', '["a", "b"]', "[1, 2]", "[true, \"a\"]", "[1e99, \"a\"]",
     f"[{10**30}, \"a\"]", "[" * 100_000, "null", "[NaN, \"a\"]"],
)  # fmt: skip
def test_bad_position_is_named(after: str) -> None:
    with pytest.raises(BadValue) as refused:
        search_after(asking(), after=after)
    assert refused.value.parameter == "search_after"


def test_page_may_be_grouped_by_kind(catalog: list[Course]) -> None:
    page = search_page(asking(), size=12, grouped=True)
    kinds = [hit.content_type for hit in page.hits]
    assert kinds == ["course"] * 7 + ["courserun"] * 5
    assert [hit.content_type for hit in search_page(asking(), size=12).hits] != kinds


def test_grouping_keeps_the_order_within_a_kind() -> None:
    hits = [Hit({"content_type": kind, "key": key}, []) for kind, key in
            [("b", "1"), ("a", "2"), ("b", "3"), ("a", "4")]]  # fmt: skip
    assert keys(group_by_type(hits)) == ["1", "3", "2", "4"]


def test_restricted_runs_are_hidden_unless_asked_for(
    indexes: Settings, drain_at_now: Callable[[], None]
) -> None:
    course = make_course(runs=1)
    for name in ("custom-b2c", "custom-b2b-enterprise"):
        restrict(make_run(course, f"course-v1:MITx+6.00x+{name}"), name)
    drain_at_now()
    assert len(found([COURSE_RUN])) == 1
    assert len(found([COURSE_RUN], include_restricted="custom-b2c")) == 2
    assert len(found([COURSE_RUN], include_restricted="custom-b2c, custom-b2b-enterprise,x")) == 3
    assert len(found([COURSE_RUN], include_restricted="*")) == 1


def test_one_document_by_uuid_or_key(catalog: list[Course]) -> None:
    course = catalog[0]
    run = course.course_runs.get()
    for identifier in (str(course.uuid), str(course.uuid).upper(), "Org+0", "org+0"):
        hit = find_one(asking([COURSE]), identifier)
        assert hit is not None
        assert (hit.pk, hit.content_type) == (course.pk, "course")
    by_key = find_one(asking(KINDS), run.key)
    assert by_key is not None
    assert by_key.pk == run.pk
    assert find_one(asking([COURSE_RUN]), "Org+0") is None
    assert find_one(asking(KINDS), "Org") is None
    assert find_one(asking(KINDS), "*") is None
