"""Lines of courses."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.course import (
    course_is_current,
    create_or_update_course,
)
from course_discovery.course_metadata.operations.course_entitlement import EntitlementValues
from course_discovery.course_metadata.operations.course_values import CourseValues, stored_courses
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.loaders.feed import values
from course_discovery.loaders.feed.current import numbers_of_current
from course_discovery.loaders.feed.lines import FeedLine
from course_discovery.loaders.report import SourceReport

_SAME = values.same(
    (
        "title", "short_description", "full_description", "outcome", "prerequisites_raw",
        "syllabus_raw", "faq", "learner_testimonials", "additional_information", "course_length",
        "card_image_url", "type", "level", "organizations", "sponsors", "subjects", "url_slug",
    )
)  # fmt: skip


class CourseKind:
    """Courses of the partner."""

    group = 2

    def current(self, partner: Partner, lines: Sequence[FeedLine]) -> set[int]:
        """See `kinds.Kind`."""
        stored = stored_courses(partner, [line.key for line in lines])
        return numbers_of_current(
            lines, lambda line: course_is_current(stored.get(fold(line.key), []), _values(line))
        )

    def write(
        self, partner: Partner, line: FeedLine, report: SourceReport, now: datetime
    ) -> Outcome:
        """See `kinds.Kind`."""
        written = create_or_update_course(
            partner=partner, key=line.key, values=_values(line), now=now
        )
        return written.outcome


def _values(line: FeedLine) -> CourseValues:
    told = values.renamed(line.values, _SAME)
    if "video" in line.values:
        told["video"] = values.video(line.values["video"])
    if "entitlements" in line.values:
        told["entitlements"] = [_entitlement(each) for each in line.values["entitlements"]]
    return cast("CourseValues", told)


def _entitlement(told: dict[str, Any]) -> EntitlementValues:
    return cast("EntitlementValues", {**told, "price": values.price(told["price"])})
