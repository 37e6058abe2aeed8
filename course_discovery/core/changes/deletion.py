"""Deleting rows and recording everything that goes with them, in a bounded number of queries."""

from typing import Any

from django.db import router, transaction
from django.db.models import Model, QuerySet
from django.db.models.deletion import Collector

from course_discovery.core.changes import owners, recording, registry
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import Identity
from course_discovery.core.changes.settling import settled_together

Deleted = tuple[int, dict[str, int]]


def delete_row(row: Model, *, using: str | None, keep_parents: bool) -> Deleted:
    """Delete a row as Django does, and record it.

    Raises ValueError if the row has no key.
    """
    registry.check_registered(type(row))
    if row.pk is None:
        raise ValueError(f"{type(row).__name__} was not saved, so it cannot be deleted")
    using = using or router.db_for_write(type(row), instance=row)
    with transaction.atomic(using=using, savepoint=False):
        collector = Collector(using=using, origin=row)
        collector.collect([row], keep_parents=keep_parents)
        return _delete(collector)


def delete_rows(rows: "QuerySet[Any]") -> Deleted:
    """Delete the rows of a query as Django does, and record them.

    Raises TypeError for a query that does not name whole rows.
    """
    registry.check_registered(rows.model)
    query = rows.query
    if query.is_sliced or query.combinator or query.distinct_fields or query.values_select:
        raise TypeError("only a plain query of whole rows can be deleted")
    with transaction.atomic(using=rows.db, savepoint=False):
        collector = Collector(using=rows.db, origin=rows)
        collector.collect(rows.select_related(None).order_by())
        return _delete(collector)


def record_deletion(model: type[Model], pks: list[Any]) -> list[Identity]:
    """Record what hears of the deletion of rows, and give the objects among the rows."""
    heard = owners.hearing(model, owners.links_of_pks(model, pks), set())
    rule = registry.object_of(model)
    if rule:
        heard += owners.showing(rule.kind, pks)
    recording.record(heard, Change.UPDATE)
    return owners.identities(rule.kind, "pk", pks) if rule else []


def _delete(collector: Collector) -> Deleted:
    """Record what was collected, then delete it.

    Rows whose link is set to null are recorded by the query set that does it. What follows from the
    deletion follows after it.
    """
    with settled_together():
        _record(collector)
        return collector.delete()


def _record(collector: Collector) -> None:
    gone: list[Identity] = []
    for model, rows in collector.data.items():
        if registry.is_registered(model):
            gone += record_deletion(model, [row.pk for row in rows])
    for unloaded in collector.fast_deletes:
        if isinstance(unloaded, QuerySet) and registry.is_registered(unloaded.model):
            links = owners.links(unloaded)
            recording.record(owners.hearing(unloaded.model, links, set()), Change.UPDATE)
    # Last: a deletion outweighs what one of the others was thought to hear.
    recording.record(gone, Change.DELETE)
