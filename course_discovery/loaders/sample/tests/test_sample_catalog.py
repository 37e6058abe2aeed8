"""The invented catalog: large and varied enough, and consistent from any first day."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from course_discovery.loaders.sample.catalog import Catalog, Run
from course_discovery.loaders.sample.offers import OFFERS
from course_discovery.loaders.sample.reading import read_catalog

DAY_ZERO = date(2026, 11, 20)
NOW = datetime.combine(DAY_ZERO, time(12), UTC)
RUN_TYPES = {  # the types of runs that go together in one course, by the course's type
    "audit": {"audit"},
    "verified-audit": {"audit", "verified-audit"},
    "professional": {"professional"},
    "honor": {"honor"},
    "verified-honor": {"honor", "verified-honor"},
    "credit-verified-audit": {"audit", "verified-audit", "credit-verified-audit"},
}


def catalog() -> Catalog:
    return read_catalog(DAY_ZERO)


def all_runs(whole: Catalog) -> list[Run]:
    return [run for course in whole.courses for run in course.runs]


def test_it_is_large_enough() -> None:
    whole = catalog()
    assert len(whole.courses) >= 72
    assert len(all_runs(whole)) >= 190
    assert len(whole.organizations) >= 8
    assert len(whole.subjects) >= 10
    assert len(whole.levels) == 3
    assert len({run.details["content_language"] for run in all_runs(whole)}) >= 7


def test_every_organization_subject_level_and_language_is_used() -> None:
    whole = catalog()
    details = [course.details for course in whole.courses]
    assert {key for told in details for key in told["organizations"]} == {
        organization.key for organization in whole.organizations
    }
    assert {slug for told in details for slug in told["subjects"]} == {
        subject.slug for subject in whole.subjects
    }
    assert {told["level"] for told in details} == {
        level.name["en"] for level in whole.levels if not isinstance(level.name, str)
    }
    assert {run.details["content_language"] for run in all_runs(whole)} == {
        language.code for language in whole.languages
    }


def test_every_kind_of_offer_is_there() -> None:
    offers = Counter(tuple(mode.slug for mode in run.modes) for run in catalog().lms_runs)
    assert set(offers) == {offer.modes for offer in OFFERS.values()}
    assert offers[("audit", "apprenticeship")] == 1
    assert offers[()] >= 2


def test_currencies_come_in_both_cases() -> None:
    currencies = {mode.currency for run in catalog().lms_runs for mode in run.modes}
    assert {"usd", "USD", "eur", "gbp"} <= currencies


def test_runs_stand_everywhere_in_time() -> None:
    runs = all_runs(catalog())
    soon = NOW + timedelta(days=60)
    assert sum(run.has_ended(NOW) for run in runs) >= 60
    started = [run for run in runs if run.start and run.start <= NOW and not run.has_ended(NOW)]
    assert len(started) >= 40
    assert sum(bool(run.start and NOW < run.start <= soon) for run in runs) >= 20
    assert sum(bool(run.start and run.start > soon) for run in runs) >= 15
    assert sum(run.end is None for run in runs) >= 8
    assert sum(run.start is None for run in runs) == 1
    assert {run.pacing for run in runs} == {"self", "instructor"}
    assert sum(run.hidden for run in runs) >= 2
    assert sum(run.is_old_style for run in runs) == 1


def test_one_course_lives_in_the_archive_alone() -> None:
    archived = [
        course.key for course in catalog().courses if all(run.has_ended(NOW) for run in course.runs)
    ]
    assert archived == ["AldermoorU+TRADE301"]


def test_the_runs_of_a_course_go_together() -> None:
    types = {offer.modes: offer.run_type for offer in OFFERS.values() if offer.modes}
    types[()] = "audit"
    for course in catalog().courses:
        found = {types[tuple(mode.slug for mode in run.modes)] for run in course.runs}
        wanted = {entry["mode"] for entry in course.details.get("entitlements", [])}
        fitting = {
            offer.course_type
            for offer in OFFERS.values()
            if found <= RUN_TYPES[offer.course_type] and {offer.entitlement} - {None} == wanted
        }
        assert fitting, course.key


@settings(max_examples=60, deadline=None)
@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31)))
def test_keys_are_unique_and_well_formed_from_any_first_day(day_zero: date) -> None:
    whole = read_catalog(day_zero)
    runs = all_runs(whole)
    courses = Counter(course.key.casefold() for course in whole.courses)
    assert max(courses.values()) == 1
    assert max(Counter(run.key.casefold() for run in runs).values()) == 1
    for run in runs:
        assert re.fullmatch(r"course-v1:[\w.-]+\+[\w.-]+\+[\w.-]+|\w+/\w+/\w+", run.key, re.ASCII)
        assert not (run.start and run.end) or run.start < run.end
        assert not run.enrollment_start or not run.start or run.enrollment_start < run.start
        assert not run.enrollment_end or not run.end or run.enrollment_end <= run.end


def test_an_upgrade_closes_ten_days_before_the_end() -> None:
    for run in catalog().lms_runs:
        for mode in run.modes:
            if mode.slug == "verified" and run.end:
                wanted = datetime.combine(run.end.date() - timedelta(days=10), time(23, 59, 59))
                assert mode.expires == wanted.replace(tzinfo=UTC)
            else:
                assert mode.expires is None


def test_free_modes_cost_nothing_and_the_others_something() -> None:
    for run in catalog().lms_runs:
        for mode in run.modes:
            assert (mode.price == 0) == (mode.slug in {"audit", "honor"}), run.key
