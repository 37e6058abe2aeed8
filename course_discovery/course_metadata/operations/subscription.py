"""Keeping the computed flags of enterprise subscriptions (decision 12)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from course_discovery.core.changes.owners import batches
from course_discovery.core.changes.settling import Changed, settled_together
from course_discovery.course_metadata.models import Course, CourseRun, Program
from course_discovery.course_metadata.queries.subscription import (
    included_course_runs,
    included_courses,
    included_programs,
)

_FLAG = "enterprise_subscription_inclusion"


class _Look(NamedTuple):
    """Rows, the rule that says which have the flag, and the look-ups of those it may differ for."""

    rows: "models.QuerySet[Any]"
    rule: Q
    candidates: dict[str, Iterable[Any]]


def settle_subscriptions(changed: Changed) -> None:
    """Put those flags right that are wrong after these changes.

    One look-up for each 500 objects of a kind that the rules read, and updates of the rows whose
    flag is wrong, none where all are right.
    """
    flipped = _correct(_courses(changed))
    _correct(_course_runs(changed, flipped))
    _correct(_programs(changed, flipped))


def settle_subscriptions_again(changed: Changed) -> None:
    """The same after the changes were committed; opens a transaction only if a flag is wrong.

    Two open transactions do not see each other's rows: one lets an organization take part, the
    other gives it a course.
    """
    looks = (_courses(changed), _course_runs(changed, ()), _programs(changed, ()))
    if any(_wrong(look) for look in looks):
        with transaction.atomic(), settled_together():
            settle_subscriptions(changed)


def _courses(changed: Changed) -> _Look:
    return _Look(
        Course.everything.all(),
        included_courses(),
        {
            "authoring_organizations__uuid": _uuids(changed, "organization"),
            "type__uuid": _uuids(changed, "course_type"),
            "uuid": _uuids(changed, "course"),
        },
    )


def _course_runs(changed: Changed, flipped: Iterable[int]) -> _Look:
    candidates = {
        "uuid": _uuids(changed, "course_run"),
        "course": flipped,
        # Who wrote a course may have written its flag too.
        "course__uuid": _uuids(changed, "course"),
    }
    return _Look(CourseRun.everything.all(), included_course_runs(), candidates)


def _programs(changed: Changed, flipped: Iterable[int]) -> _Look:
    return _Look(
        Program.objects.all(),
        included_programs(),
        {
            "uuid": _uuids(changed, "program"),
            "type__uuid": _uuids(changed, "program_type"),
            "courses": flipped,
            "courses__uuid": _uuids(changed, "course"),
        },
    )


def _uuids(changed: Changed, kind: str) -> set[UUID]:
    return {each.uuid for each in changed.get(kind, ())}


def _wrong(look: _Look) -> dict[bool, list[int]]:
    """The keys of rows with the wrong flag, by the right one."""
    right = Case(When(look.rule, then=Value(True)), default=Value(False))
    queries = []
    for path, values in look.candidates.items():
        for found in batches(values):
            rows = look.rows.filter(**{f"{path}__in": found}).order_by().annotate(right=right)
            queries.append(rows.exclude(**{_FLAG: F("right")}).values_list("pk", "right"))
    wrong: defaultdict[bool, list[int]] = defaultdict(list)
    # One statement, in which each path has its own index; SQLite joins 500 at most.
    for first, *others in batches(queries):
        for pk, flag in first.union(*others) if others else first:
            wrong[bool(flag)].append(pk)
    return dict(wrong)


def _correct(look: _Look) -> list[int]:
    """Give the rows the flags that they should have; the keys of those that had the other one."""
    flipped: list[int] = []
    for flag, pks in _wrong(look).items():
        values: dict[str, Any] = {_FLAG: flag}
        if look.rows.model is not CourseRun:
            # Readers see the flag, and ask for what is newer than their last look.
            values["data_modified_timestamp"] = timezone.now()
        for found in batches(pks):
            look.rows.filter(pk__in=found).update(**values)
        flipped += pks
    return flipped
