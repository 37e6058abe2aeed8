"""From entries of the log to everything whose rendering may have changed."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from course_discovery.core.changes import registry
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.owners import read
from course_discovery.core.changes.registry import Identity

_Rows = dict[str, dict[Any, Identity]]  # kind: row key: identity


def expand(changes: Iterable[Change]) -> set[Identity]:
    """The changed objects and, transitively, what shows them; deleted ones are among them.

    Draft and official rows are told apart. A row's present key wins over the one of its entry.
    A chain of showings passes each kind once at most, so the number of queries is bounded by the
    kinds and their lines in the owner table (times batches of 500), not by the rows.
    """
    entries = list(changes)
    found = _rows_of(entries)
    fresh = dict(found)
    for _ in range(registry.count_kinds()):
        fresh = _showing(fresh, found)
    present = {identity for rows in found.values() for identity in rows.values()}
    return present | {Identity(each.kind, each.uuid, each.key, each.draft) for each in entries}


def _rows_of(entries: list[Change]) -> _Rows:
    """The rows that the entries are about, as far as they are still there."""
    wanted: dict[tuple[str, bool], set[Any]] = defaultdict(set)
    for each in entries:
        if registry.has_kind(each.kind):
            rule = registry.kind_named(each.kind)
            wanted[each.kind, each.draft].add(each.uuid if rule.uuid else each.key)
    found: _Rows = defaultdict(dict)
    for (kind, draft), marks in wanted.items():
        rule = registry.kind_named(kind)
        only = {rule.draft: draft} if rule.draft else {}
        found[kind] |= read(rule, rule.uuid or rule.key, marks, **only)
    return found


def _showing(fresh: _Rows, found: _Rows) -> _Rows:
    """What shows the fresh rows and was not found before; it is added to `found`."""
    new: _Rows = defaultdict(dict)
    for kind, rows in fresh.items():
        for other, path in registry.kind_named(kind).shown_by if rows else ():
            if registry.has_kind(other):
                # By the primary key: some foreign keys hold other columns.
                shows = read(registry.kind_named(other), f"{path}__pk", rows)
                new[other] |= {pk: each for pk, each in shows.items() if pk not in found[other]}
    for kind, rows in new.items():
        found[kind] |= rows
    return new
