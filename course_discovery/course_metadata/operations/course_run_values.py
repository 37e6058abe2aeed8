"""What may be told of a course run, and whether that is what is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.operations.course_values import CourseValues, course_differs
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.restricted_course_run import restriction_of
from course_discovery.course_metadata.operations.running import differences
from course_discovery.course_metadata.operations.seat import SeatValues, seats_differ
from course_discovery.course_metadata.operations.video import VideoValues, video_differs

_SPECIAL = frozenset({"type", "language", "transcript_languages", "restriction_type", "video"})


class CourseRunValues(TypedDict, total=False):
    """What may be told of a run. `type` is a slug, languages are tags."""

    title_override: str | None
    short_description_override: str | None
    full_description_override: str | None
    outcome_override: str | None
    start: datetime | None
    end: datetime | None
    enrollment_start: datetime | None
    enrollment_end: datetime | None
    go_live_date: datetime | None
    pacing_type: str | None
    status: str
    type: str
    language: str | None
    transcript_languages: Sequence[str]
    min_effort: int | None
    max_effort: int | None
    weeks_to_complete: int | None
    hidden: bool
    mobile_available: bool
    license: str
    external_key: str | None
    restriction_type: str | None
    video: VideoValues | None


@dataclass(frozen=True)
class ToldCourseRun:
    """All that a source tells of one run.

    `course_key` names its course where the run's own key does not. `course_values` go to the
    course when this run brings it into being, and, if `course_follows`, whenever they differ
    while this run is the canonical one. `seats` None = nothing is told of seats; seats that are
    not told are deleted unless `keep_other_seats`.
    """

    key: str
    values: CourseRunValues
    course_key: str | None = None
    course_values: CourseValues = field(default_factory=lambda: CourseValues())
    course_follows: bool = False
    seats: Sequence[SeatValues] | None = None
    keep_other_seats: bool = False


def fit_course_run(values: CourseRunValues) -> dict[str, Any]:
    """The plain columns among `values`. Raises UnfitValue."""
    plain = {name: value for name, value in values.items() if name not in _SPECIAL}
    return fitting(CourseRun, plain)


def stored_course_runs(keys: Iterable[str]) -> dict[str, list[CourseRun]]:
    """The rows of runs by casefolded key, with all that `is_current` looks at.

    A number of queries that does not depend on how many keys there are.
    """
    rows = (
        CourseRun.everything.filter(key_folded__in=[fold(key) for key in keys])
        .select_related("type", "video", "course__type", "restricted_run")
        .prefetch_related("seats", "transcript_languages")
    )
    found: dict[str, list[CourseRun]] = {}
    for row in rows:
        found.setdefault(row.key_folded, []).append(row)
    return found


def is_current(rows: Sequence[CourseRun], told: ToldCourseRun) -> bool:
    """Whether being told this would write nothing, the rows of the run being as stored.

    Raises UnfitValue, TwoEqualSeats.
    """
    return bool(rows) and not any(_differs(row, told) for row in rows)


def _differs(row: CourseRun, told: ToldCourseRun) -> bool:
    values = told.values
    if differences(row, fit_course_run(values)) or _special_differs(row, values):
        return True
    if told.seats is not None:
        end, keep = values.get("end", row.end), told.keep_other_seats
        if seats_differ(row, told.seats, end=end, keep_others=keep):
            return True
    follows = told.course_follows and row.course.canonical_course_run_id == row.pk
    return follows and course_differs(row.course, told.course_values)


def _special_differs(row: CourseRun, values: CourseRunValues) -> bool:
    return (
        ("type" in values and fold(row.type.slug) != fold(values["type"]))
        or ("language" in values and _folded(row.language_id) != _folded(values["language"]))
        or ("transcript_languages" in values and _transcripts_differ(row, values))
        or (
            "restriction_type" in values
            and restriction_of(row) != (values["restriction_type"] or None)
        )
        or ("video" in values and video_differs(row.video, values["video"]))
    )


def _transcripts_differ(row: CourseRun, values: CourseRunValues) -> bool:
    stored = {_folded(tag.pk) for tag in row.transcript_languages.all()}
    return stored != {_folded(code) for code in values["transcript_languages"]}


def _folded(code: str | None) -> str:
    return fold(code or "").strip()
