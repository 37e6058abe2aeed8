"""Rows that come in twos: making a twin, and letting it say what the other one says."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast

from course_discovery.core.changes.logged import LoggedModel, record_rows
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.owners import batches
from course_discovery.course_metadata.models.base import DraftModel
from course_discovery.course_metadata.operations.running import write_differences
from course_discovery.course_metadata.queries.draft import Join, joins_of, told_columns

Twin = TypeVar("Twin", bound=DraftModel)

_COUNTS = ("uuid", "data_modified_timestamp", "enrollment_count", "recent_enrollment_count")


_Place = tuple[int | str, int]
"""What an entry of a list leads to, and where it stands."""


def told_values(row: DraftModel) -> dict[str, Any]:
    """The values that the twin has once the row is published, by column."""
    return _values(row, told_columns(type(row)))


def unsaved_twin(row: Twin, **values: Any) -> Twin:
    """A new row that says what `row` says, and is draft where that is official.

    `values` has what points to drafted rows.
    """
    model = type(row)
    own = [name for name in _COUNTS if any(name == each.name for each in model._meta.fields)]
    columns = _values(row, [*told_columns(model), *own])
    return model(**columns, draft=not row.draft, **values)


def write_official(draft: Twin, official: Twin | None, **owner: DraftModel) -> tuple[Twin, bool]:
    """The official row, which says what the draft says; whether it is new or anything differed.

    `owner` is the official row that it hangs on.
    """
    if official is None:
        made = unsaved_twin(draft, draft_version=draft, **owner)
        made.save()
        return made, True
    told = told_values(draft) | {"draft_version_id": draft.pk}
    # By column: comparing rows would read those that are stored.
    told |= {f"{name}_id": row.pk for name, row in owner.items()}
    return official, write_differences(official, told)


def insert_drafts(
    drafts: Mapping[Twin, Twin], *, owner: str, identity: Callable[[Twin], Hashable]
) -> list[tuple[Twin, Twin]]:
    """Insert the new drafts of official rows, which point to them from now on; gives all pairs.

    `owner` is the column of what they hang on, `identity` tells them apart, owners included. The
    number of queries does not depend on how many they are.
    """
    if not drafts:
        return []
    model: Any = type(next(iter(drafts)))
    made = model.everything.bulk_create(drafts.values())
    # Read again: MySQL does not tell the keys of many new rows.
    owners = {getattr(each, owner) for each in made}
    rows = {
        identity(row): row
        for row in model.everything.filter(draft=True, **{f"{owner}__in": owners})
    }
    stored = {official: rows[identity(draft)] for official, draft in drafts.items()}
    if hasattr(model, "history"):
        model.history.bulk_history_create(list(stored.values()))
    for official, draft in stored.items():
        official.draft_version = draft
    model.everything.bulk_update(list(stored), ["draft_version"])
    return list(stored.items())


def copy_lists(pairs: Sequence[tuple[Twin, Twin]]) -> bool:
    """Let the second of each pair have the many-to-many lists of the first; whether any differed.

    One query reads all lists of all pairs; each table that differs takes two writes at most.
    """
    changed = False
    for batch in batches(pairs):
        changed |= _copy_lists(batch)
    return changed


def _copy_lists(pairs: Sequence[tuple[Twin, Twin]]) -> bool:
    joins = list(joins_of(type(pairs[0][0])).values())
    lists = _read(joins, [row.pk for pair in pairs for row in pair])
    changed = False
    for place, join in enumerate(joins):
        gone, missing, touched = [], [], []
        for source, target in pairs:
            wanted, stored = lists[place, source.pk], lists[place, target.pk]
            left_over = [pk for entry, pk in stored.items() if entry not in wanted]
            new = [entry for entry in wanted if entry not in stored]
            gone += left_over
            missing += [_entry(join, target, entry) for entry in new]
            if left_over or new:
                touched.append(target)
        if touched:
            _write(join, gone, missing, touched)
            changed = True
    return changed


def _write(
    join: Join, gone: list[int], missing: Sequence[models.Model], touched: Sequence[DraftModel]
) -> None:
    entries = join.table._base_manager
    if gone:
        entries.filter(pk__in=gone).delete()
    if missing:
        entries.bulk_create(missing)
    if not issubclass(join.table, LoggedModel):
        # The tables that Django makes by itself tell nobody.
        record_rows(touched, Change.UPDATE)


def _read(
    joins: Sequence[Join], owners: Sequence[int]
) -> Mapping[tuple[int, int], dict[_Place, int]]:
    """By table and owner: target and place of each entry, in order, with the entry's own key."""
    found: defaultdict[tuple[int, int], dict[_Place, int]] = defaultdict(dict)
    first, *others = [_entries(number, join, owners) for number, join in enumerate(joins)]
    rows = first.union(*others, all=True)
    for number, owner, joined, place, pk in sorted(rows, key=lambda row: (row[3], row[4])):
        key: Any = joins[number].table._meta.get_field(joins[number].target)
        found[number, owner][key.target_field.to_python(joined), place] = pk
    return found


def _entries(number: int, join: Join, owners: Sequence[int]) -> "models.QuerySet[Any, Any]":
    place: Any = F("sort_value") if join.ordered else Value(0)
    rows = join.table._base_manager.filter(**{f"{join.owner}__in": owners}).order_by()
    columns = ("join_number", join.owner, "joined", "place", "pk")
    # As text, for some targets have texts for keys, and all columns of a union are of one type.
    joined: Any = Cast(join.target, models.CharField(max_length=255))
    entries: models.QuerySet[Any, Any] = rows.annotate(
        join_number=Value(number), joined=joined, place=place
    )
    return entries.values_list(*columns)


def _entry(join: Join, owner: DraftModel, entry: _Place) -> models.Model:
    target, place = entry
    order = {"sort_value": place} if join.ordered else {}
    made: models.Model = join.table(**{join.owner: owner.pk, join.target: target}, **order)
    return made


def _values(row: DraftModel, names: Sequence[str]) -> dict[str, Any]:
    """The row's values by column; of an uploaded file its name, so that rows share the file."""
    columns = {}
    for name in names:
        field: Any = row._meta.get_field(name)
        value = getattr(row, field.attname)
        columns[field.attname] = value.name if isinstance(field, models.FileField) else value
    return columns
