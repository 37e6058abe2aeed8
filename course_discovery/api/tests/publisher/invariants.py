"""What holds of a course, whoever wrote it at the same moment or was killed at it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from course_discovery.api.tests.publisher.stamped_course import numbers_of_course, numbers_of_run
from course_discovery.core.changes.drain import drain, pending
from course_discovery.core.changes.models import Change
from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    Seat,
)
from course_discovery.course_metadata.queries.draft import told_columns
from course_discovery.projections.models import Projection
from course_discovery.projections.stored import read
from course_discovery.projections.tests.freshness import stale_claims
from course_discovery.projections.tests.places import marked

Identity = tuple[str, UUID, bool]
States = Mapping[Identity, Any]
# The statuses of a draft, and those that its official row may have meanwhile.
_TOGETHER: Mapping[str, set[str | None]] = {
    "unpublished": {None, "unpublished"},
    "review_by_legal": {None, "unpublished"},
    "review_by_internal": {None, "unpublished"},
    "reviewed": {"reviewed"},
    "published": {"published"},
}


def states(course: UUID) -> States:
    """What each row of a course and its runs says, its parts among it."""
    found: dict[Identity, Any] = {}
    for kind, model, parts, owner in (
        ("course", Course, CourseEntitlement, "course"),
        ("course_run", CourseRun, Seat, "course_run"),
    ):
        rows: Any = model
        which = {"uuid": course} if model is Course else {"course__uuid": course}
        columns = told_columns(model)
        for row in rows.everything.filter(**which).values("pk", "uuid", "draft", *columns):
            told = parts.everything.filter(**{owner: row["pk"]}).order_by("pk")
            listed = list(told.values_list(*told_columns(parts)))
            found[kind, row["uuid"], row["draft"]] = (
                [(name, row[name]) for name in columns], listed
            )  # fmt: skip
    return found


def last_change() -> int:
    """The entry that was written last."""
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def problems(course: UUID, before: States, since: int, numbers: Collection[int]) -> list[str]:
    """What does not hold, after writes that bore `numbers`. `before` was so at entry `since`."""
    courses = list(Course.everything.filter(uuid=course))
    runs = list(CourseRun.everything.filter(course__uuid=course))
    return [
        *_twins("course", courses),
        *_twins("run", runs),
        *_mixtures(courses, runs, numbers),
        *_statuses(runs),
        *_hanging(runs),
        *_missing_changes(before, states(course), since),
    ]


def _twins(name: str, rows: Collection[Any]) -> list[str]:
    """Each thing has one draft and one official row at most, which points to it."""
    found = []
    for uuid in {row.uuid for row in rows}:
        drafts = [row for row in rows if row.uuid == uuid and row.draft]
        official = [row for row in rows if row.uuid == uuid and not row.draft]
        if len(drafts) > 1 or len(official) > 1:
            found.append(f"{name}: {len(drafts)} drafts, {len(official)} official rows")
        elif drafts and official and official[0].draft_version_id != drafts[0].pk:
            found.append(f"{name}: the official row does not point to its draft")
    return found


def _mixtures(
    courses: Collection[Course], runs: Collection[CourseRun], numbers: Collection[int]
) -> list[str]:
    told: list[tuple[Course | CourseRun, set[int]]] = [
        (row, numbers_of_course(row)) for row in courses
    ]
    # Runs that a race makes bear nothing.
    told += [(row, numbers_of_run(row)) for row in runs if row.title_override]
    return [
        f"{row.key} (draft {row.draft}) is a mixture of {found}"
        for row, found in told
        if len(found) != 1 or not found <= set(numbers)
    ]


def _statuses(runs: Collection[CourseRun]) -> list[str]:
    found = []
    for draft in (run for run in runs if run.draft):
        official = next((run for run in runs if run.uuid == draft.uuid and not run.draft), None)
        status = official and official.status
        if status not in _TOGETHER[draft.status]:
            found.append(f"{draft.key} is {draft.status}, and officially {status}")
        if official and draft.status == "reviewed":
            said, told = numbers_of_run(official), numbers_of_run(draft)
            if said != told:
                found.append(f"{draft.key} is reviewed: {told}, and officially {said}")
    return found


def _hanging(runs: Collection[CourseRun]) -> list[str]:
    """Drafts hang on drafts, official rows on official ones."""
    return [f"{run.key} hangs on the other row" for run in runs if run.course.draft != run.draft]


def _missing_changes(before: States, after: States, since: int) -> list[str]:
    entered: dict[Identity, list[str]] = {}
    for change in Change.objects.filter(pk__gt=since).order_by("pk"):
        key = (change.kind, change.uuid, change.draft)
        entered.setdefault(key, []).append(change.operation)
    found = []
    for identity in before.keys() | after.keys():
        operations = entered.get(identity, [])
        if before.get(identity) != after.get(identity) and not operations:
            found.append(f"no entry for {identity}")
        if identity not in after and Change.DELETE not in operations:
            found.append(f"no deletion of {identity}: {operations}")
        if identity not in before and Change.CREATE not in operations:
            found.append(f"no creation of {identity}: {operations}")
    return found


def read_stored(course: UUID, now: datetime) -> None:
    """Have the projections of a course and its runs stored."""
    runs = CourseRun.everything.filter(course__uuid=course).values_list("pk", flat=True)
    read(
        "course", list(Course.everything.filter(uuid=course).values_list("pk", flat=True)), now=now
    )
    read("course_run", list(runs), now=now)


def stale_when_drained(course: UUID, now: datetime) -> list[str]:
    """What is stored and not as it is rendered now, once the log is drained."""
    found = []
    if not drain():
        found.append("somebody drains")
    if pending():
        found.append(f"{pending()} entries are not handed over")
    read_stored(course, now)
    rows = {*Course.everything.values_list("pk", flat=True)}
    left = Projection.objects.filter(kind="course").exclude(row__in=rows).count()
    if left:
        found.append(f"{left} projections of courses that are gone")
    found += [f"{place} is marked" for place in marked()]
    return found + stale_claims(now)
