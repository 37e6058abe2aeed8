"""Finding who hears of a write, as the owner table says.

Look-ups go by batches of BATCH values: databases bound how many a statement may hold.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db.models import ForeignKey, Model, QuerySet

from course_discovery.core.changes import registry, settling
from course_discovery.core.changes.registry import Identity, Object

BATCH = 500

Value = TypeVar("Value")


class Link(NamedTuple):
    """That a row's foreign key `field` holds `value`."""

    field: str
    pk: Any
    value: Any


def batches(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values in lists of at most BATCH."""
    rest = iter(values)
    while batch := list(islice(rest, BATCH)):
        yield batch


def read(rule: Object, path: str, values: Iterable[Any], **only: Any) -> dict[Any, Identity]:
    """Row keys and identities of the rows whose `path` has one of the values: one query a batch."""
    return {
        pk: rule.identity(columns)
        for batch in batches(values)
        for pk, *columns in rule.model._base_manager.filter(**{f"{path}__in": batch}, **only)
        .order_by()
        .values_list("pk", *rule.columns)
        .distinct()
    }


def identities(kind: str, field: str, values: Iterable[Any]) -> list[Identity]:
    """The identities of the rows of a kind that have one of the values: one query a batch."""
    return list(read(registry.kind_named(kind), field, values).values())


def identities_of_rows(kind: str, pks: Iterable[Any]) -> list[Identity]:
    """The identities of the rows of a kind with these keys: one query a batch.

    None for those that the open operation has asked for already.
    """
    wanted, known = list(pks), settling.known_identities()
    unknown = [pk for pk in wanted if (kind, pk) not in known]
    for pk, identity in read(registry.kind_named(kind), "pk", unknown).items():
        known[kind, pk] = identity
    return [known[kind, pk] for pk in wanted if (kind, pk) in known]


def showing(kind: str, pks: Iterable[Any]) -> list[Identity]:
    """The identities of what shows rows of `kind`: one query a batch for each of `shown_by`."""
    wanted = list(pks)
    return [
        each
        for other, path in registry.kind_named(kind).shown_by
        if registry.has_kind(other)
        for each in identities(other, f"{path}__pk", wanted)
    ]


def links(rows: "QuerySet[Any]") -> set[Link]:
    """The links of rows as the database has them, locked until the transaction ends: one query."""
    names = [*registry.links_of(rows.model)]
    if not names:
        return set()
    columns = [_foreign_key(rows.model, name).attname for name in names]
    return {
        Link(name, pk, value)
        for pk, *values in rows.order_by("pk").select_for_update().values_list("pk", *columns)
        for name, value in zip(names, values, strict=True)
    }


def links_of_pks(model: type[Model], pks: Iterable[Any]) -> set[Link]:
    """`links` of the rows with these keys: one query a batch, none for a model without links."""
    if not registry.links_of(model):
        return set()
    everything = model._base_manager
    return {link for batch in batches(pks) for link in links(everything.filter(pk__in=batch))}


def links_in_memory(row: Model) -> set[Link]:
    """The links that a row in memory has."""
    model = type(row)
    return {
        Link(name, row.pk, getattr(row, _foreign_key(model, name).attname))
        for name in registry.links_of(model)
    }


def hearing(model: type[Model], before: set[Link], after: set[Link]) -> list[Identity]:
    """The objects, other than the rows themselves, that hear of a change of rows' links.

    Owners hear of every change of their parts; the target of an object's link hears only when it
    is left. One query a batch for each link of the model.
    """
    owners = {part.owner for part in registry.parts_of(model)}
    heard: list[Identity] = []
    for name, kind in registry.links_of(model).items():
        moved = before | after if name in owners else before - after
        values = {link.value for link in moved if link.field == name and link.value is not None}
        target = _foreign_key(model, name).target_field
        if target.primary_key:
            heard += identities_of_rows(kind, values)
        else:
            heard += identities(kind, target.name, values)
    return heard


def _foreign_key(model: type[Model], name: str) -> "ForeignKey[Any, Any]":
    field = model._meta.get_field(name)
    if not isinstance(field, ForeignKey):
        raise TypeError(f"{model._meta.label}.{name} is in the owner table, but no foreign key")
    return field
