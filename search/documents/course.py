"""The document of a course: what its official row and its visible runs say."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from elasticsearch.dsl import Boolean, Date, Keyword, Text

from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries.course import official_courses
from course_discovery.course_metadata.queries.visibility.conditions import ANY_LOOK, meeting
from course_discovery.course_metadata.queries.visibility.course import INDEXED
from course_discovery.projections.stored import read_data
from search.documents.analysis import lower, raw
from search.documents.base import Body, CourseLikeDocument, Rendered
from search.documents.course_like import shared_text, shared_values
from search.documents.rows import course_row, nested_run
from search.documents.values import distinct, fingerprint

CONTENT_TYPE = "course"


class CourseDocument(CourseLikeDocument):
    """A course. Fields that its runs have too hold the values of all visible ones.

    Those that begin with `open_` hold the values of what anybody may see.
    """

    card_image_url = Text()
    course_ends = Text(fields=raw() | lower())
    course_length = Keyword()
    course_runs = Keyword()
    course_type = Keyword()
    end_date = Date()
    enterprise_subscription_inclusion = Boolean()
    expected_learning_items = Keyword()
    external_course_marketing_type = Keyword()
    languages = Keyword()
    modified = Date()
    open_availability = Keyword()
    open_languages = Keyword()
    prerequisites = Keyword()
    product_source = Keyword()


def indexed_courses() -> QuerySet[Course]:
    """The courses that have a document: official rows whose type is in use."""
    return official_courses().filter(meeting(INDEXED, ANY_LOOK))


def course_bodies(pks: Collection[int], now: datetime) -> dict[str, Body]:
    """The documents of courses by uuid; a number of queries that does not depend on `pks`."""
    rendered = read_data("course", pks, now=now)
    return {course["uuid"]: _body(course) for course in rendered.values()}


def _body(course: Rendered) -> Body:
    open_runs = [run for run in course["course_runs"] if run["restriction_type"] is None]
    published = [run for run in open_runs if run["status"] == CourseRunStatus.PUBLISHED]
    metadata = course["additional_metadata"] or {}
    body = {
        **shared_values(course, course),
        **_of_runs([run for run in open_runs if _visible(run)]),
        **_open_to_all([run for run in published if not run["hidden"]]),
        "aggregation_key": f"{CONTENT_TYPE}:{course['key']}",
        "aggregation_uuid": f"{CONTENT_TYPE}:{course['uuid']}",
        "card_image_url": course["card_image_url"],
        "content_type": CONTENT_TYPE,
        "course_ends": course["_course_ends"],
        "course_length": course["_course_length"],
        "course_type": course["course_type"],
        "end_date": course["_end_date"],
        "enterprise_subscription_inclusion": bool(course["enterprise_subscription_inclusion"]),
        "expected_learning_items": course["expected_learning_items"],
        "external_course_marketing_type": metadata.get("external_course_marketing_type"),
        "first_enrollable_paid_seat_price": course["_first_enrollable_paid_seat_price"],
        # An unpublished run brings nothing to light that the published ones hide.
        "hidden": bool(open_runs) and all(run["hidden"] for run in published or open_runs),
        "id": f"course_metadata.course.{course['_pk']}",
        "modified": course["modified"],
        "next_boundary": course["_next_boundary"],
        "prerequisites": [each["name"] for each in course["prerequisites"]],
        "product_source": course["product_source"] and course["product_source"]["slug"],
        "published": bool(published),
        "text": shared_text(course, course, (f"{run['key']}: {run['title']}" for run in open_runs)),
    }
    body["stored"] = {
        "row": course_row(body),
        "runs": [nested_run(run) for run in course["course_runs"]],
    }
    body["stored"]["fingerprint"] = fingerprint(body)
    return body


def _visible(run: Rendered) -> bool:
    return run["_type_is_marketable"] and run["_type"] not in settings.RETIRED_RUN_TYPES


def _of_runs(runs: list[Rendered]) -> dict[str, list[Any]]:
    return {
        "availability": distinct(run["availability"] for run in runs),
        "course_runs": distinct(run["key"] for run in runs),
        "end": distinct(run["end"] for run in runs),
        "enrollment_end": distinct(run["enrollment_end"] for run in runs),
        "enrollment_start": distinct(run["enrollment_start"] for run in runs),
        "languages": distinct(run["content_language_search_facet_name"] for run in runs),
        "seat_types": distinct(seat["type"] for run in runs for seat in run["seats"]),
        "start": distinct(run["start"] for run in runs),
        "status": distinct(run["status"] for run in runs),
    }


def _open_to_all(runs: list[Rendered]) -> dict[str, list[Any]]:
    return {
        "open_availability": distinct(run["availability"] for run in runs),
        "open_languages": distinct(run["content_language_search_facet_name"] for run in runs),
    }
