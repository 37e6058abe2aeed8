"""Filters do what they say."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from course_discovery.course_metadata.models import CourseType
from course_discovery.course_metadata.models.course_run import CourseRunPacing, CourseRunStatus
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from search.documents.kinds import COURSE, COURSE_RUN, KINDS
from search.queries import BadValue
from search.queries.criteria import criteria
from search.queries.filters import FILTERS
from search.queries.page import search_page
from search.tests.catalog import DAY, NOW, make_course, make_run, partner
from search.tests.finding import asking, found, listed

pytestmark = pytest.mark.django_db

MIT, HARVARD = "MITx+6.00x", "HarvardX+CS50x"
MIT_RUN, HARVARD_RUN = f"course-v1:{MIT}+1T2030", f"course-v1:{HARVARD}+1T2030"


@pytest.fixture
def catalog(indexes: Settings, drain_at_now: Callable[[], None]) -> None:
    mit = make_course(MIT, title="Python for everyone", short_description="<p>Learn to code</p>")
    make_run(
        mit, MIT_RUN, start=NOW - DAY, end=NOW + DAY, language_id="en", hidden=True,
        pacing_type=CourseRunPacing.SELF,
    )  # fmt: skip
    OrganizationFactory(partner=partner(), key="HarvardX", enterprise_subscription_inclusion=True)
    harvard = make_course(
        HARVARD, title="Justice", subject="Law", type=CourseType.objects.get(slug="audit")
    )
    make_run(
        harvard, HARVARD_RUN, start=NOW + 9 * DAY, language_id="es",
        status=CourseRunStatus.UNPUBLISHED, pacing_type=CourseRunPacing.INSTRUCTOR,
    )  # fmt: skip
    drain_at_now()


EVERYTHING = {MIT, MIT_RUN, HARVARD, HARVARD_RUN}


NARROWED: list[tuple[dict[str, Any], set[str]]] = [
    ({"aggregation_key": f"course:{MIT}"}, {MIT}),
    ({"aggregation_key": [f"course:{MIT}", f"courserun:{HARVARD}"]}, {MIT, HARVARD_RUN}),
    ({"aggregation_key__terms": f"course:{MIT}__course:{HARVARD}"}, {MIT, HARVARD}),
    ({"org": "mitX"}, {MIT, MIT_RUN}),
    ({"org__exclude": "MITX"}, {HARVARD, HARVARD_RUN}),
    ({"org__exclude": "mitx__harvardx"}, set()),
    ({"org__exclude": ["mitx", "harvardx"]}, set()),
    ({"authoring_organizations": "mitx: mitx university"}, {MIT, MIT_RUN}),
    ({"course_type": "audit"}, {HARVARD}),
    ({"course_type__exclude": "audit"}, {MIT, MIT_RUN, HARVARD_RUN}),
    ({"key.raw": MIT_RUN}, {MIT_RUN}),
    ({"key.raw__terms": [f"{MIT}__{MIT_RUN}", MIT]}, {MIT}),
    ({"availability": "Current"}, {MIT, MIT_RUN}),
    ({"availability": "current"}, set()),
    ({"availability": ["Current", "Starting Soon"]}, EVERYTHING),
    ({"content_type": "courserun"}, {MIT_RUN, HARVARD_RUN}),
    ({"languages": "Spanish"}, {HARVARD}),
    ({"number": "CS50x"}, {HARVARD_RUN}),
    ({"pacing_type": "self_paced"}, {MIT_RUN}),
    ({"course_ends": "Future"}, {MIT, HARVARD}),
    ({"enterprise_subscription_inclusion": "true"}, {HARVARD}),
    ({"enterprise_subscription_inclusion": False}, {MIT}),
    ({"published": "True"}, {MIT, MIT_RUN}),
    ({"published": "0"}, {HARVARD, HARVARD_RUN}),
    ({"hidden": True}, {MIT, MIT_RUN}),
    ({"hidden": None}, EVERYTHING),
    ({"hidden": ""}, EVERYTHING),
    ({"active": "1"}, {MIT_RUN}),
    ({"has_enrollable_seats": "true"}, {MIT_RUN, HARVARD_RUN}),
    ({"status": "unpublished"}, {HARVARD, HARVARD_RUN}),
    ({"type": "VERIFIED"}, {MIT_RUN, HARVARD_RUN}),
    ({"enrollment_mode": "verified"}, {MIT_RUN, HARVARD_RUN}),
    ({"partner": "EDX"}, EVERYTHING),
    ({"partner": "other"}, set()),
    ({"first_enrollable_paid_seat_price": 49}, {MIT, MIT_RUN, HARVARD_RUN}),
    ({"first_enrollable_paid_seat_price__in": "1__2"}, set()),
    ({"first_enrollable_paid_seat_price__range": "1__49"}, {MIT, MIT_RUN, HARVARD_RUN}),
    ({"first_enrollable_paid_seat_price__range": "50"}, set()),
    ({"first_enrollable_paid_seat_price__range": "__48"}, set()),
    ({"first_enrollable_paid_seat_price__gt": "49"}, set()),
    ({"first_enrollable_paid_seat_price__lte": "49"}, {MIT, MIT_RUN, HARVARD_RUN}),
    ({"start__gt": "2030-01-05"}, {HARVARD, HARVARD_RUN}),
    ({"start__gte": "now"}, {HARVARD, HARVARD_RUN}),
    ({"start__lt": str(int(NOW.timestamp() * 1000))}, {MIT, MIT_RUN}),
    ({"start__gt": "now-2d", "start__lt": "now+2d/d"}, {MIT, MIT_RUN}),
    ({"start": "2030-01-10"}, {HARVARD, HARVARD_RUN}),
    ({"start": ["2030-01-10", "2029-12-31"]}, EVERYTHING),
    ({"end__lte": "2030-01-02"}, {MIT, MIT_RUN}),
    ({"end__lt": "2030-01-02"}, set()),
    ({"end_date__gte": "2030-01-02T00:00:00Z"}, {MIT}),
    ({"key": MIT}, {MIT, MIT_RUN}),
    ({"short_description": "learn to code"}, {MIT, MIT_RUN}),
    ({"skills": "Nobody's"}, set()),
    ({"unknown": "x", "org__unknown": "x", "published__gt": "1"}, EVERYTHING),
    ({"q": "python", "published": "true"}, {MIT, MIT_RUN}),
]


def test_filter_narrows(catalog: None, subtests: pytest.Subtests) -> None:
    for parameters, keys in NARROWED:
        with subtests.test(parameters=parameters):
            assert set(found(**parameters)) == keys


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("published", "maybe"),
        ("hidden__term", "2"),
        ("first_enrollable_paid_seat_price", "abc"),
        ("first_enrollable_paid_seat_price__range", "1__b"),
        ("first_enrollable_paid_seat_price__range", "__"),
        ("first_enrollable_paid_seat_price__gt", "9" * 30),
        ("start__gt", "notadate"),
        ("start", "2030-13-01"),
        ("end__lte", "now+1x"),
        ("end_date__lt", True),
    ],
)
def test_bad_value_is_named(parameter: str, value: Any) -> None:
    with pytest.raises(BadValue) as refused:
        asking(**{parameter: value})
    assert refused.value.parameter == parameter
    assert refused.value.reason


def test_partner_of_the_site_holds_unless_another_is_named(
    indexes: Settings, drain_at_now: Callable[[], None]
) -> None:
    make_course(MIT, partner=partner("OtherU"))
    make_course(HARVARD)
    drain_at_now()

    def keys(site: str, **parameters: Any) -> list[str]:
        asked = criteria(listed(parameters), kinds=[COURSE], now=NOW, partner=site)
        return [hit.source["key"] for hit in search_page(asked).hits]

    assert keys("OtherU") == [MIT]
    assert keys("OTHERU", partner="edx") == [HARVARD]
    assert keys("OtherU", partner="") == [MIT]


def test_endpoints_of_one_kind_know_no_filters(catalog: None) -> None:
    asked = criteria(
        listed({"org": "mitx", "partner": "none"}), kinds=[COURSE_RUN], now=NOW, filtered=False
    )
    assert search_page(asked).count == 2


def test_every_filter_is_answered(catalog: None, subtests: pytest.Subtests) -> None:
    for name, known in FILTERS.items():
        sample = {"truth": "true", "whole": "1"}.get(known.kind, "2030-01-01")
        for lookup in known.lookups:
            with subtests.test(name=name, lookup=lookup):
                found(KINDS, **{f"{name}__{lookup}" if lookup else name: sample})
