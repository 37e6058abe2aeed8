"""A run as it is stored, and as it will be."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from course_discovery.course_metadata.models import CourseRun, CourseRunType, CourseType, Seat
from course_discovery.course_metadata.operations.ordered import set_targets
from course_discovery.course_metadata.operations.planned_offer import UNCHANGED, PlannedSeat
from course_discovery.course_metadata.operations.running import Gone, write_differences
from course_discovery.course_metadata.operations.video import create_or_update_video
from course_discovery.course_metadata.queries.course_run import ACTIVE, facts_of_run
from course_discovery.publisher.operations.course_run.refusals import RunTypeNotOfCourse
from course_discovery.publisher.operations.course_run.values import Wanted

_READ = (
    "course__partner", "course__type", "course__additional_metadata", "type", "language", "video",
    "expected_program_type",
)  # fmt: skip


def stored_run(run: CourseRun) -> CourseRun:
    """The draft row of a run as it is now, or the official one where there is none.

    Raises Gone.
    """
    rows = CourseRun.everything.filter(uuid=run.uuid).select_related(*_READ)
    found = rows.order_by("-draft").first()
    if found is None:
        raise Gone(_("The course run was deleted meanwhile."))
    return found


def as_it_will_be(run: CourseRun, columns: Mapping[str, Any]) -> CourseRun:
    """A copy of the row with other values, that is not stored."""
    made = copy.copy(run)
    for name, value in columns.items():
        setattr(made, name, value)
    return made


def is_active(run: CourseRun, now: datetime) -> bool:
    """Whether the row says that the run has neither ended nor closed."""
    return ACTIVE.holds(facts_of_run(run), now)


def seat_rows(seats: Iterable[PlannedSeat]) -> list[Seat]:
    """Seats as they will be, for who is told of them; they are not stored."""
    rows = []
    for seat in seats:
        columns = asdict(seat)
        columns |= {"type_id": columns.pop("type"), "currency_id": columns.pop("currency")}
        rows.append(Seat(**columns))
    return rows


def check_run_type(course_type: CourseType, run_type: CourseRunType) -> None:
    """Course teams keep to the types that go together. Raises RunTypeNotOfCourse.

    A course whose type nobody knows yet takes all.
    """
    if course_type.slug == CourseType.EMPTY:
        return
    if not course_type.course_run_types.filter(pk=run_type.pk).exists():
        raise RunTypeNotOfCourse(run_type.name, course_type.name)


def write_wanted(draft: CourseRun, wanted: Wanted, **more: Any) -> bool:
    """Write to the draft row what is told, and `more` columns; whether anything differed.

    A part of a larger operation.
    """
    columns = {**wanted.columns, **more}
    changed = False
    if wanted.video is not UNCHANGED:
        video = create_or_update_video(values=wanted.video) if wanted.video else None
        columns["video"] = video.row if video else None
        changed |= bool(video and video.changed)
    changed |= write_differences(draft, columns)
    if wanted.staff is not None:
        changed |= set_targets(draft.staff_links, "person", wanted.staff)
    tags: Sequence[Any] | None = wanted.transcript_languages
    if tags is not None and set(tags) != set(draft.transcript_languages.all()):
        draft.transcript_languages.set(tags)
        changed = True
    return changed
