"""What a draft says that its official row does not, field by field.

Compared is what publishing writes: the columns that both rows agree on afterwards, lists in their
order, parts that have drafts of their own, the address, and what both lead to and is changed in
place. A field inside another one is told with a dot between them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import models

from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    RestrictedCourseRun,
    Seat,
)
from course_discovery.course_metadata.models.base import DraftModel
from course_discovery.course_metadata.operations.course_url_slug import active_url_slug
from course_discovery.course_metadata.operations.nested import NESTED
from course_discovery.course_metadata.queries.draft import joins_of, told_columns

Told = dict[str, Any]


class Difference(NamedTuple):
    """A field, and what it is on both rows; None for what a row does not have."""

    field: str
    draft: Any
    official: Any


class _Part(NamedTuple):
    """Rows that hang on a course or run: their name, their owner, and what tells them apart."""

    name: str
    model: type[DraftModel]
    owner: str
    label: Callable[[Any], str]


_PARTS: dict[type[DraftModel], tuple[_Part, ...]] = {
    Course: (_Part("entitlements", CourseEntitlement, "course", lambda row: str(row.mode.slug)),),
    CourseRun: (
        _Part("seats", Seat, "course_run", lambda row: _seat(row)),
        _Part("restriction", RestrictedCourseRun, "course_run", lambda row: "run"),
    ),
}
# As clients know columns.
_NAMES = {
    f"{name}_override": name
    for name in ("title", "short_description", "full_description", "outcome")
}
# What leads to one row from nowhere else, and is changed with it.
_INNER = {*NESTED, "certificate_info", "product_meta", "taxi_form"}
# By what rows are named, the first of these that they have; others are told as they are.
_LABELS = ("key", "slug", "code", "src", "uuid", "name")
_UNTOLD = {"id", "created", "modified"}


def differences(draft: DraftModel, official: DraftModel | None) -> list[Difference]:
    """What publishing the draft would change in its official row, or all of it if there is none."""
    rows = [draft] if official is None else [draft, official]
    told = _told(type(draft), [row.pk for row in rows])
    there = told[official.pk] if official is not None else {}
    return list(_compared(told[draft.pk], there))


def _compared(draft: Told, official: Told, inside: str = "") -> Iterator[Difference]:
    for name in dict.fromkeys([*draft, *official]):
        mine, theirs = draft.get(name), official.get(name)
        if isinstance(mine, dict) and isinstance(theirs, dict):
            yield from _compared(mine, theirs, f"{inside}{name}.")
        elif mine != theirs and not (_says_nothing(mine) and name not in official):
            yield Difference(f"{inside}{name}", mine, theirs)


def _says_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _told(model: type[DraftModel], pks: Sequence[int]) -> dict[int, Told]:
    """What rows say, in a number of queries that does not depend on how much that is."""
    keys = [name for name in told_columns(model) if model._meta.get_field(name).many_to_one]
    rows: Any = model.everything.filter(pk__in=pks).select_related(*keys)
    told = {row.pk: _columns(row, told_columns(model)) for row in rows}
    if model is Course:
        for row in rows:
            told[row.pk]["url_slug"] = active_url_slug(row)
    for name, entries in _lists(model, pks).items():
        for pk in told:
            told[pk][name] = entries.get(pk, [])
    for part in _PARTS[model]:
        for pk in told:
            told[pk][part.name] = {}
        for owner, label, values in _parts(part, pks):
            told[owner][part.name][label] = values
    return told


def _columns(row: models.Model, names: Sequence[str]) -> Told:
    told = {}
    for name in names:
        field: Any = row._meta.get_field(name)
        if not name.endswith("_folded"):
            told[_NAMES.get(name, name)] = _value(row, field)
    return told


def _value(row: models.Model, field: Any) -> Any:
    value = getattr(row, field.name)
    if isinstance(field, models.FileField):
        return value.name or None
    if isinstance(value, models.Model):
        return _inner(value) if field.name in _INNER else _named(value)
    return value


def _inner(row: models.Model) -> Told:
    """What is changed in place, with what hangs on it."""
    told = _own_columns(row)
    for field in row._meta.many_to_many:
        told[field.name] = [_named(each) for each in getattr(row, field.name).order_by("pk")]
    return told


def _own_columns(row: models.Model) -> Told:
    return _columns(row, [f.name for f in row._meta.concrete_fields if f.name not in _UNTOLD])


def _named(row: models.Model) -> Any:
    label = next((name for name in _LABELS if hasattr(row, name)), None)
    return _own_columns(row) if label is None else getattr(row, label)


def _lists(model: type[DraftModel], pks: Sequence[int]) -> dict[str, Mapping[int, list[Any]]]:
    """The lists of rows by name and row; one query for each list."""
    found: dict[str, Mapping[int, list[Any]]] = {}
    for name, join in joins_of(model).items():
        target = join.table._meta.get_field(join.target).name
        rows = join.table._base_manager.filter(**{f"{join.owner}__in": pks})
        ordered = rows.order_by("sort_value", "pk") if join.ordered else rows.order_by(join.target)
        entries: dict[int, list[Any]] = {}
        for row in ordered.select_related(target):
            entries.setdefault(getattr(row, join.owner), []).append(_named(getattr(row, target)))
        found[name] = entries
    return found


def _parts(part: _Part, pks: Sequence[int]) -> Iterator[tuple[int, str, Told]]:
    keys = [n for n in told_columns(part.model) if part.model._meta.get_field(n).many_to_one]
    rows: Any = part.model.everything.filter(**{f"{part.owner}__in": pks}).order_by("pk")
    for row in rows.select_related(*keys) if keys else rows:
        owner = getattr(row, f"{part.owner}_id")
        yield owner, part.label(row), _columns(row, told_columns(part.model))


def _seat(seat: Seat) -> str:
    return "/".join(filter(None, (seat.type_id, str(seat.currency_id), seat.credit_provider)))
