"""Lines of course runs."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.course_run_staff import (
    create_or_update_course_run_with_staff,
)
from course_discovery.course_metadata.operations.course_run_values import (
    CourseRunValues,
    ToldCourseRun,
    is_current,
    stored_course_runs,
)
from course_discovery.course_metadata.operations.course_values import CourseValues
from course_discovery.course_metadata.operations.offer import currency_codes, seat_type_slugs
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.course_metadata.operations.seat import SeatValues
from course_discovery.loaders.feed import values
from course_discovery.loaders.feed.current import numbers_of_current
from course_discovery.loaders.feed.lines import FeedLine
from course_discovery.loaders.feed.staff import is_staff, staff_of
from course_discovery.loaders.report import SourceReport

_NAMES = {
    "title": "title_override",
    "short_description": "short_description_override",
    "full_description": "full_description_override",
    "outcome": "outcome_override",
    "content_language": "language",
    **values.same(
        (
            "pacing_type", "status", "type", "transcript_languages", "min_effort", "max_effort",
            "weeks_to_complete", "hidden", "mobile_available", "license", "external_key",
            "restriction_type",
        )
    ),
}  # fmt: skip
_MOMENTS = ("start", "end", "enrollment_start", "enrollment_end", "go_live_date")


class CourseRunKind:
    """Course runs of the partner."""

    group = 3

    def __init__(self) -> None:
        self._seat_types: Collection[str] = ()
        self._currencies: Collection[str] = ()

    def current(self, partner: Partner, lines: Sequence[FeedLine]) -> set[int]:
        """See `kinds.Kind`."""
        self._seat_types, self._currencies = seat_type_slugs(), currency_codes()
        stored = stored_course_runs(line.key for line in lines)
        staff = staff_of(row for rows in stored.values() for row in rows)

        def is_line_current(line: FeedLine) -> bool:
            told, remarks = self._told(line)
            rows = stored.get(fold(line.key), [])
            courses = {row.course.key_folded for row in rows}
            elsewhere = told.course_key is not None and courses != {fold(told.course_key)}
            foreign = any(row.course.partner_id != partner.pk for row in rows)
            if elsewhere or foreign or remarks or not is_current(rows, told):
                return False
            names = line.values.get("staff")
            return names is None or all(is_staff(staff.get(row.pk, ()), names) for row in rows)

        return numbers_of_current(lines, is_line_current)

    def write(
        self, partner: Partner, line: FeedLine, report: SourceReport, now: datetime
    ) -> Outcome:
        """See `kinds.Kind`."""
        told, remarks = self._told(line)
        outcome = create_or_update_course_run_with_staff(
            partner=partner, told=told, staff=line.values.get("staff"), now=now
        )
        for remark in remarks:
            report.refuse(remark, key=line.key, line=line.number)
        return outcome

    def _told(self, line: FeedLine) -> tuple[ToldCourseRun, list[str]]:
        """What the line tells, and which of its seats cannot be taken."""
        seats: list[SeatValues] | None = None
        remarks: list[str] = []
        if "seats" in line.values:
            seats, remarks = self._seats(line.values["seats"])
        title = line.values.get("title")
        run = ToldCourseRun(
            key=line.key,
            values=_values(line),
            course_key=line.values.get("course"),
            course_values=CourseValues(title=title) if title else CourseValues(),
            seats=seats,
        )
        return run, remarks

    def _seats(self, told: Sequence[dict[str, Any]]) -> tuple[list[SeatValues], list[str]]:
        seats, remarks = [], []
        for each in told:
            if each["type"].lower() not in self._seat_types:
                remarks.append(f"seats: there is no seat type {each['type']}")
            elif each.get("currency", "USD") not in self._currencies:
                remarks.append(f"seats: there is no currency {each['currency']}")
            else:
                seats.append(_seat(each))
        return seats, remarks


def _values(line: FeedLine) -> CourseRunValues:
    told = values.renamed(line.values, _NAMES)
    told |= {name: values.moment(line.values[name]) for name in _MOMENTS if name in line.values}
    if "video" in line.values:
        told["video"] = values.video(line.values["video"])
    return cast("CourseRunValues", told)


def _seat(told: dict[str, Any]) -> SeatValues:
    seat = {**told, "price": values.price(told["price"])}
    if "upgrade_deadline" in told:
        seat["upgrade_deadline"] = values.moment(told["upgrade_deadline"])
    # A feed knows providers: a seat without one has none.
    seat["credit_provider"] = told.get("credit_provider") or ""
    return cast("SeatValues", seat)
