"""What must hold of curricula whoever writes: dates of their state, and no cycles (decision 11)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from course_discovery.core.changes.settling import Changed
from course_discovery.course_metadata.models import (
    Curriculum,
    CurriculumProgramMembership,
    Program,
)
from course_discovery.course_metadata.operations.running import Refusal, locked


class CurriculumCycle(Refusal):
    """A program that would contain itself, by way of curricula."""


def note_state(row: Curriculum, *, now: datetime) -> bool:
    """Let the row say since when it is as it is; whether that was new. It is not saved here.

    An active curriculum knows since when it is active. An inactive one knows since when it is not,
    and keeps when it had become active. What was before stands in its history.
    """
    if row.is_active and (row.activated_at is None or row.deactivated_at is not None):
        row.activated_at, row.deactivated_at = now, None
        return True
    if not row.is_active and row.deactivated_at is None:
        row.deactivated_at = now
        return True
    return False


def note_state_before_save(sender: Any, instance: Curriculum, **_: Any) -> None:
    """Let history have the dates too, whoever saves."""
    note_state(instance, now=timezone.now())


def settle_curricula(changed: Changed) -> None:
    """Date what was written past `save`, and refuse cycles: a query each where all is well.

    Raises CurriculumCycle.
    """
    uuids = {each.uuid for each in changed.get("curriculum", ())}
    if not uuids:
        return
    undated = Q(is_active=True, activated_at=None) | Q(is_active=True, deactivated_at__isnull=False)
    undated |= Q(is_active=False, deactivated_at=None)
    for row in Curriculum.objects.filter(undated, uuid__in=uuids):
        note_state(row, now=timezone.now())
        row.save(update_fields=["activated_at", "deactivated_at", "modified"])
    _check_cycles(uuids)


def _check_cycles(uuids: Collection[UUID]) -> None:
    """Walk down from the programs of these curricula: one query and one lock for each level.

    The programs on the way stay locked, so that another transaction cannot close a cycle with
    links that this one does not see: one of the two waits, and sees the other's.
    """
    changed = Curriculum.objects.filter(uuid__in=uuids, program_memberships__isnull=False)
    for program in sorted(set(changed.exclude(program=None).values_list("program", flat=True))):
        seen: set[int] = set()
        level = {program}
        while level:
            locked(Program.objects.filter(pk__in=level))
            seen |= level
            level = _below(level)
            if program in level:
                title = Program.objects.values_list("title", flat=True).get(pk=program)
                raise CurriculumCycle(f"programs: {title} would be part of itself")
            level -= seen


def _below(programs: Collection[int]) -> set[int]:
    members = CurriculumProgramMembership.objects.filter(curriculum__program__in=programs)
    return set(members.order_by().values_list("program", flat=True))
