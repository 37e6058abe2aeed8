"""The document of a course run."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from elasticsearch.dsl import Boolean, Date, Float, Integer, Keyword, Text

from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries.course_run import official_runs
from course_discovery.course_metadata.queries.visibility.conditions import ANY_LOOK, meeting
from course_discovery.course_metadata.queries.visibility.course_run import INDEXED
from course_discovery.projections.stored import read_data
from search.documents.analysis import html_strip, lower, raw
from search.documents.base import Body, CourseLikeDocument, Rendered
from search.documents.course_like import shared_text, shared_values
from search.documents.rows import run_row
from search.documents.values import distinct, fingerprint, number_of

CONTENT_TYPE = "courserun"


class CourseRunDocument(CourseLikeDocument):
    """A course run."""

    announcement = Date()
    authoring_organization_uuids = Keyword()
    course_key = Keyword()
    first_enrollable_paid_seat_sku = Text()
    fixed_price_usd = Float()
    go_live_date = Date()
    has_enrollable_paid_seats = Boolean()
    has_enrollable_seats = Boolean()
    is_active = Boolean()
    is_current_and_still_upgradeable = Boolean()
    is_enrollable = Boolean()
    language = Text(analyzer=html_strip, fields=raw())
    license = Keyword()
    marketing_url = Text()
    max_effort = Integer()
    min_effort = Integer()
    mobile_available = Boolean()
    number = Keyword()
    pacing_type = Keyword()
    paid_seat_enrollment_end = Date()
    program_types = Keyword()
    restriction_type = Keyword()
    slug = Text()
    staff_uuids = Keyword()
    transcript_languages = Text(analyzer=html_strip, fields=raw())
    type = Text(analyzer=html_strip, fields=raw() | lower())
    weeks_to_complete = Integer()


def indexed_runs() -> QuerySet[CourseRun]:
    """The runs that have a document: official rows whose type is in use and may be marketed."""
    return official_runs().filter(meeting(INDEXED, ANY_LOOK))


def run_bodies(pks: Collection[int], now: datetime) -> dict[str, Body]:
    """The documents of runs by uuid; a number of queries that does not depend on `pks`."""
    wanted = set(pks)
    courses = CourseRun.everything.filter(pk__in=wanted).values_list("course_id", flat=True)
    rendered = read_data("course", set(courses), now=now)
    return {
        run["uuid"]: _body(run, course)
        for course in rendered.values()
        for run in course["course_runs"]
        if run["_pk"] in wanted
    }


def _body(run: Rendered, course: Rendered) -> Body:
    body = {
        **shared_values(run, course),
        **_flags(run),
        **_moments(run),
        "aggregation_key": f"{CONTENT_TYPE}:{course['key']}",
        "aggregation_uuid": f"{CONTENT_TYPE}:{run['uuid']}",
        "authoring_organization_uuids": [each["uuid"] for each in course["owners"]],
        "availability": run["availability"],
        "content_type": CONTENT_TYPE,
        "course_key": course["key"],
        "first_enrollable_paid_seat_price": run["first_enrollable_paid_seat_price"],
        "first_enrollable_paid_seat_sku": run["_first_enrollable_paid_seat_sku"],
        "fixed_price_usd": run["fixed_price_usd"] and float(run["fixed_price_usd"]),
        "id": f"course_metadata.courserun.{run['_pk']}",
        "language": run["content_language_search_facet_name"],
        "license": run["license"],
        "marketing_url": run["marketing_url"],
        "max_effort": run["max_effort"],
        "min_effort": run["min_effort"],
        "number": number_of(run["key"]),
        "pacing_type": run["pacing_type"],
        "program_types": distinct(program["type"] for program in run["programs"]),
        "restriction_type": run["restriction_type"],
        "seat_types": distinct(seat["type"] for seat in run["seats"]),
        "slug": run["_slug"],
        "staff_uuids": [person["uuid"] for person in run["staff"]],
        "status": run["status"],
        "text": shared_text(run, course, _spoken(run)),
        "transcript_languages": run["transcript_languages_search_facet_names"],
        "type": run["type"],
        "weeks_to_complete": run["weeks_to_complete"],
    }
    body["stored"] = {"row": run_row(body)}
    body["stored"]["fingerprint"] = fingerprint(body)
    return body


def _flags(run: Rendered) -> dict[str, bool]:
    return {
        "has_enrollable_paid_seats": run["_has_enrollable_paid_seats"],
        "has_enrollable_seats": run["_has_enrollable_seats"],
        "hidden": run["hidden"],
        "is_active": run["_is_active"],
        "is_current_and_still_upgradeable": run["_is_current_and_still_upgradeable"],
        "is_enrollable": run["is_enrollable"],
        "mobile_available": run["mobile_available"],
        "published": run["status"] == CourseRunStatus.PUBLISHED,
    }


def _moments(run: Rendered) -> dict[str, str | None]:
    return {
        "announcement": run["announcement"],
        "end": run["end"],
        "enrollment_end": run["enrollment_end"],
        "enrollment_start": run["enrollment_start"],
        "go_live_date": run["go_live_date"],
        "next_boundary": run["_next_boundary"],
        "paid_seat_enrollment_end": run["_paid_seat_enrollment_end"],
        "start": run["start"],
    }


def _spoken(run: Rendered) -> list[Any]:
    return [
        run["pacing_type"],
        run["content_language_search_facet_name"],
        *run["transcript_languages_search_facet_names"],
        *(f"{each['given_name']} {each['family_name'] or ''}" for each in run["staff"]),
    ]
