"""A course each of whose texts and prices bears the number of the write that it is from.

Each write tells all of them at once, so a row that bears two numbers is a mixture.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    Organization,
    Seat,
)
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    CourseFactory,
    CourseRunFactory,
    SeatFactory,
)

COURSES, RUNS = "/api/v1/courses/", "/api/v1/course_runs/"
_TEXTS = ("title", "short_description", "full_description", "outcome")
_COURSE_TEXTS = (*_TEXTS, "faq", "syllabus_raw")
_NUMBER = re.compile(r"number (\d+)")
# Where a run may stand before a race: its status, and whether each of its rows is there.
BEGINNINGS: Mapping[str, tuple[str, bool, bool]] = {
    "new": ("unpublished", True, False),
    "taken down": ("unpublished", True, True),
    "in legal review": ("review_by_legal", True, False),
    "in review": ("review_by_internal", True, False),
    "in review again": ("review_by_internal", True, True),
    "reviewed": ("reviewed", True, True),
    "published": ("published", True, True),
    "never drafted": ("published", False, True),
    "reviewed, never drafted": ("reviewed", False, True),
}


def course_body(number: int) -> dict[str, Any]:
    """All that a write of a course tells."""
    texts = dict.fromkeys(_COURSE_TEXTS, f"<p>Course number {number}</p>")
    return {**texts, "title": f"Course number {number}", "prices": {"verified": f"{number}.00"}}


def run_body(number: int) -> dict[str, Any]:
    """All that a write of a run tells."""
    texts = dict.fromkeys(_TEXTS, f"<p>Run number {number}</p>")
    return {
        **texts, "title": f"Run number {number}", "weeks_to_complete": number,
        "prices": {"verified": f"{number}.00"},
    }  # fmt: skip


def make_course(organization: Organization, key: str, beginning: str, now: datetime) -> Course:
    """A course that bears 1, with a run that stands there, and one that is published and over."""
    status, drafted, official = BEGINNINGS[beginning]
    texts = {name: value for name, value in course_body(1).items() if name in _COURSE_TEXTS}
    rows: dict[bool, Course] = {}
    for draft in (True, False):
        if drafted if draft else official:
            rows[draft] = CourseFactory(
                key=key, draft=draft, partner=organization.partner, organizations=[organization],
                **_twin(rows), **texts,
            )  # fmt: skip
            CourseEntitlementFactory(course=rows[draft], price=1, **_part(rows, CourseEntitlement))
    dates = {"start": now + timedelta(days=30), "end": now + timedelta(days=90)}
    due = now - timedelta(days=1)
    officially = "unpublished" if status.startswith("review_by") else status
    _make_run(rows, "1", {True: status, False: officially}, go_live_date=due, **dates)
    if official:
        over = {"start": now - timedelta(days=90), "end": now - timedelta(days=30)}
        _make_run(rows, "0", dict.fromkeys((True, False), "published"), **over)
    return rows.get(True) or rows[False]


def _make_run(
    courses: Mapping[bool, Course], number: str, statuses: Mapping[bool, str], **values: Any
) -> None:
    texts = {f"{name}_override": value for name, value in run_body(1).items() if name in _TEXTS}
    rows: dict[bool, CourseRun] = {}
    for draft, course in courses.items():
        rows[draft] = CourseRunFactory(
            course=course, key=f"course-v1:{course.key}+{number}", weeks_to_complete=1,
            status=statuses[draft], **_twin(rows), **texts, **values,
        )  # fmt: skip
        SeatFactory(course_run=rows[draft], price=1, **_part(rows, Seat))


def _twin(rows: Mapping[bool, Any]) -> dict[str, Any]:
    """What an official row has of its draft."""
    return {"uuid": rows[True].uuid, "draft_version": rows[True]} if rows else {}


def _part(rows: Mapping[bool, Any], model: Any) -> dict[str, Any]:
    """What an official part has of its draft; there is one of each model for an owner."""
    if len(rows) < 2:
        return {}
    owner = "course" if model is CourseEntitlement else "course_run"
    return {"draft_version": model.everything.get(**{owner: rows[True]})}


def numbers_of_course(row: Course) -> set[int]:
    """The numbers that a row of a course bears."""
    prices = CourseEntitlement.everything.filter(course=row.pk).values_list("price", flat=True)
    return _numbers(getattr(row, name) for name in _COURSE_TEXTS) | {int(each) for each in prices}


def numbers_of_run(row: CourseRun) -> set[int]:
    """The numbers that a row of a run bears."""
    prices = Seat.everything.filter(course_run=row.pk, type__slug="verified")
    return (
        _numbers(getattr(row, f"{name}_override") for name in _TEXTS)
        | {row.weeks_to_complete or 0}
        | {int(each) for each in prices.values_list("price", flat=True)}
    )


def numbers_of_answer(body: Mapping[str, Any]) -> set[int]:
    """The numbers that an answer about a course or a run bears."""
    names = _COURSE_TEXTS if "course_runs" in body else _TEXTS
    parts = body["entitlements"] if "course_runs" in body else body["seats"]
    prices = {int(float(each["price"])) for each in parts if _type_of(each) == "verified"}
    weeks = {body["weeks_to_complete"]} if "weeks_to_complete" in body else set()
    return _numbers(body[name] for name in names) | prices | weeks


def _type_of(part: Mapping[str, Any]) -> Any:
    return part.get("type") or part.get("mode")


def _numbers(texts: Any) -> set[int]:
    found = [_NUMBER.search(text or "") for text in texts]
    return {int(each[1]) if each else 0 for each in found}
