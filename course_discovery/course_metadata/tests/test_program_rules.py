"""Rules of programs: what they say of cases, and what holds of all of them."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_discovery.course_metadata.models import Program, ProgramType
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.queries import program as rules
from course_discovery.course_metadata.queries.course_entitlement import Offer
from course_discovery.course_metadata.queries.curriculum import LEVELS, programs_to_show
from course_discovery.course_metadata.queries.program import CourseOfProgram, RunOfProgram
from course_discovery.course_metadata.tests.factories import ProgramFactory, ProgramTypeFactory
from course_discovery.course_metadata.tests.test_course_run_rules import facts, seat

NOW = datetime(2030, 6, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ROOT = "https://www.example.com"


def run(**changes: Any) -> RunOfProgram:
    """An open, published run with a verified seat for 49 dollars."""
    return {**facts(**({"seats": [seat()]} | changes)), "weeks_to_complete": changes.get("weeks")}


def offer(price: int, mode: str = "verified", currency: str = "USD") -> Offer:
    return {"mode": mode, "price": Decimal(price), "currency": currency}


def course(
    *runs: RunOfProgram, canonical: RunOfProgram | None = None, offers: Sequence[Offer] = ()
) -> CourseOfProgram:
    """A course with runs, the first of which is the canonical one unless another is named."""
    first = canonical or (runs[0] if runs else None)
    return {"runs": runs, "canonical": first, "entitlements": offers}


def ranges(*courses: CourseOfProgram, types: Sequence[str] = ("verified",)) -> list[Any]:
    return [
        (each["currency"], int(each["min"]), int(each["max"]), int(each["total"]))
        for each in rules.price_ranges(courses, types, NOW)
    ]


def test_an_entitlement_counts_instead_of_a_seat() -> None:
    courses = course(run(), offers=[offer(149)]), course(run(seats=[seat(price=99)]))
    assert ranges(*courses) == [("USD", 49, 149, 248)]


def test_products_of_other_types_do_not_count() -> None:
    audit = run(seats=[seat("audit", 0), seat("credit", 300), seat("verified", 20)])
    assert ranges(course(audit, offers=[offer(500, "professional")])) == [("USD", 20, 20, 20)]


def test_each_currency_has_a_range_of_its_own() -> None:
    courses = course(run(), offers=[offer(100, currency="EUR")]), course(offers=[offer(10)])
    assert ranges(*courses) == [("EUR", 100, 100, 100), ("USD", 10, 49, 59)]


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ({}, 80),
        ({"enrollment_start": NOW - DAY}, 50),
        ({"end": NOW + DAY}, 80),
        ({"end": NOW - DAY}, 50),
    ],
    ids=["always open", "opened once", "to end", "ended"],
)
def test_of_several_seats_the_last_counts_while_the_run_was_always_open(
    changes: dict[str, Any], total: int
) -> None:
    seats = [seat("verified", 50), seat("professional", 80)]
    prices = ranges(course(run(seats=seats, **changes)), types=("verified", "professional"))
    assert prices == [("USD", 50, 80, total)]


def test_nothing_to_buy_has_no_prices() -> None:
    assert ranges() == []
    assert ranges(course(), types=()) == []
    assert ranges(course(run(), canonical=None), types=("professional",)) == []


PRICES = st.integers(0, 500)
COURSES = st.lists(
    st.builds(
        lambda price, offered: course(
            run(seats=[seat(price=price)]), offers=[] if offered is None else [offer(offered)]
        ),
        PRICES,
        st.none() | PRICES,
    ),
    max_size=6,
)


@given(COURSES)
def test_a_total_lies_between_the_cheapest_and_the_dearest_of_all_courses(
    courses: list[CourseOfProgram],
) -> None:
    for found in rules.price_ranges(courses, ["verified"], NOW):
        assert found["min"] <= found["max"]
        assert found["min"] * len(courses) <= found["total"] <= found["max"] * len(courses)


@given(COURSES, st.randoms(use_true_random=False))
def test_prices_do_not_depend_on_the_order_of_courses(
    courses: list[CourseOfProgram], chance: Any
) -> None:
    shuffled = chance.sample(courses, len(courses))
    assert rules.price_ranges(courses, ["verified"], NOW) == rules.price_ranges(
        shuffled, ["verified"], NOW
    )


OPEN, CLOSED = run(), run(enrollment_end=NOW - DAY)
UNPUBLISHED = run(status="unpublished")


@pytest.mark.parametrize(
    ("courses", "answer"),
    [
        ([course(OPEN)], True),
        ([course(OPEN, UNPUBLISHED)], True),
        ([course(OPEN, OPEN)], False),
        ([course(OPEN, CLOSED)], False),
        ([course(CLOSED)], False),
        ([course(UNPUBLISHED)], False),
        ([course(run(seats=[seat("audit", 0)]))], False),
        ([course(OPEN, OPEN, offers=[offer(1)])], True),
        ([course(offers=[offer(1)])], True),
        ([course(offers=[offer(1, "professional")])], False),
        ([course(OPEN), course(CLOSED)], False),
        ([course()], False),
    ],
)
def test_every_course_needs_exactly_one_product_to_be_bought_at_once(
    courses: list[CourseOfProgram], answer: bool
) -> None:
    assert rules.can_be_bought_at_once(courses, ["verified"], NOW) is answer


def test_weeks_are_those_of_canonical_runs_that_tell() -> None:
    courses = [
        course(run(weeks=7), run(weeks=99)),
        course(run(weeks=None)),
        course(run(weeks=3)),
        course(),
    ]
    assert rules.weeks_to_complete(courses) == {
        "weeks_to_complete_min": 3,
        "weeks_to_complete_max": 7,
    }
    assert rules.weeks_to_complete([]) == {
        "weeks_to_complete_min": None,
        "weeks_to_complete_max": None,
    }


def test_the_most_common_primary_subject_comes_first() -> None:
    named = [["art", "law"], ["music", "law"], ["music", "law"], []]
    assert rules.subjects_in_order(named) == ["music", "law", "art"]
    assert rules.subjects_in_order([]) == []


@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True)))
def test_subjects_come_once_and_the_frequent_ones_early(named: list[list[str]]) -> None:
    found = rules.subjects_in_order(named)
    times = Counter(subject for several in named for subject in several)
    assert sorted(found) == sorted(times)
    counts = [times[subject] for subject in found[1:]]
    assert counts == sorted(counts, reverse=True)


def test_a_run_without_a_start_comes_last_and_one_without_an_opening_first() -> None:
    early, late = (NOW, NOW), (NOW + DAY, None)
    assert rules.first_starts([late, early])[0] == NOW
    assert rules.first_starts([(None, NOW)]) > rules.first_starts([late])
    assert rules.first_starts([(NOW, None)]) < rules.first_starts([early])
    assert rules.first_starts([]) >= rules.first_starts([(None, None)])


@pytest.mark.parametrize(
    ("root", "kind", "slug", "url"),
    [
        (ROOT, "xseries", "one", f"{ROOT}/xseries/one"),
        (ROOT, "masters", "masters/one", f"{ROOT}/masters/one"),
        (ROOT, None, "masters/one", f"{ROOT}/masters/one"),
        (ROOT, None, "one", None),
        (ROOT, "xseries", "", None),
        (None, "xseries", "one", None),
    ],
)
def test_a_page_is_named_by_the_type_unless_the_slug_does(
    root: str | None, kind: str | None, slug: str, url: str | None
) -> None:
    assert rules.marketing_url(root, kind, slug) == url


@pytest.mark.django_db
def test_marketable_programs_are_active_and_have_a_slug() -> None:
    shown = ProgramFactory()
    ProgramFactory(marketing_slug="")
    ProgramFactory(status=ProgramStatus.RETIRED)
    assert list(Program.objects.filter(rules.MARKETABLE)) == [shown]


@pytest.mark.django_db
def test_types_are_found_by_their_name_in_any_language_and_case() -> None:
    kind = ProgramTypeFactory(name="Masters of Old", name_t="Old Masters")
    kind.set_current_language("es")
    kind.name_t = "Maestros"
    kind.save()
    program = ProgramFactory(type=kind)
    ProgramFactory(type=ProgramType.objects.get(slug="xseries"))
    for name in ("old masters", "MAESTROS", "masters of old"):
        assert list(Program.objects.filter(rules.of_type_named(name))) == [program]
    assert not Program.objects.filter(rules.of_type_named("Old")).exists()


@given(st.dictionaries(st.integers(0, 5), st.lists(st.integers(0, 5), unique=True)))
def test_no_program_is_shown_inside_itself_nor_too_deep(members: dict[int, list[int]]) -> None:
    ways: list[tuple[int, ...]] = [(root,) for root in range(6)]
    longest = 0
    while ways:
        way = ways.pop()
        longest = max(longest, len(way))
        assert len(set(way)) == len(way) <= LEVELS + 1
        ways += [(*way, each) for each in programs_to_show(way, members.get(way[-1], []))]
    assert longest >= (2 if any(set(some) - {one} for one, some in members.items()) else 1)
