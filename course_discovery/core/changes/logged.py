"""Base classes of models whose every write leaves an entry in the change log.

Django commits a plain `save()` before it sends `post_save`, and sends nothing for rows that bulk
writes touch. So `save` and `delete` open a transaction here, and the manager's bulk methods record
what they change; `receivers` does the rest.

What recording costs, in queries besides Django's own:

- an object: 1 (its entry) for each create and save; 1 more for a save that may move it
- a part: 2 (owner, entry) for each create; 3 for a save; 5 for one that moves it
- in bulk, for each 500 rows: create 1 or 2; update 3 to 5; delete 3 and one for each line of
  `shown_by`, for each kind of row that goes (SQLite takes entries 90 at a time)
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from django.db import connection, models, transaction

from course_discovery.core.changes import deletion, owners, recording, registry
from course_discovery.core.changes.models import Change
from course_discovery.core.fields import fill_twins, with_twin_values, with_twins

Row = TypeVar("Row", bound=models.Model, covariant=True)


class LoggedQuerySet(models.QuerySet[Row]):
    """A query set whose bulk writes are recorded in their own transaction."""

    def update(self, **values: Any) -> int:
        """Update the rows, recording the owners they had before and have now.

        The rows are named by key first, 500 at a time, and the filter is asked again with them: a
        row that another transaction took out of it is left alone.
        """
        values = with_twin_values(self.model, values)
        if not registry.is_seen(self.model, values):
            return super().update(**values)
        moving = registry.links_of(self.model).keys() & _names(self.model, values)
        with transaction.atomic(using=self.db, savepoint=False):
            pks = list(dict.fromkeys(self.values_list("pk", flat=True)))
            before = owners.links_of_pks(self.model, pks)
            count = sum(
                models.QuerySet.update(self.filter(pk__in=batch), **values)
                for batch in owners.batches(pks)
            )
            after = owners.links_of_pks(self.model, pks) if moving else before
            rule = registry.object_of(self.model)
            itself = owners.identities_of_rows(rule.kind, pks) if rule else []
            heard = owners.hearing(self.model, before, after)
            recording.record([*itself, *heard], Change.UPDATE)
        self._result_cache = None
        return count

    def bulk_create(
        self,
        objs: Iterable[Row],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[Row]:
        """Create the rows, recording their owners.

        Raises NotImplementedError if rows of objects may conflict: nobody could tell which of
        them the database took, and under which uuid.
        """
        rule, rows = registry.object_of(self.model), list(objs)
        if rule and (ignore_conflicts or update_conflicts):
            raise NotImplementedError(f"a {rule.kind} cannot be created in bulk over conflicts")
        with transaction.atomic(using=self.db, savepoint=False):
            if rule and not rule.uuid and not connection.features.can_return_rows_from_bulk_insert:
                # MySQL does not tell the keys of many rows, by which these objects are known.
                for row in rows:
                    row.save(force_insert=True, using=self.db)
                return rows
            if update_fields is not None:
                update_fields = with_twins(self.model, update_fields)
            made = super().bulk_create(
                rows, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
            )
            record_rows(made, Change.CREATE)
        return made

    def bulk_update(
        self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Update the rows; each batch is an `update` above, so all of it is recorded."""
        rows = list(objs)
        names = fill_twins(rows, with_twins(self.model, fields))
        with transaction.atomic(using=self.db, savepoint=False):
            return super().bulk_update(rows, names, batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows, recording everything that goes with them."""
        deleted = deletion.delete_rows(self)
        self._result_cache = None
        return deleted

    # No manager deletes everything: Django's own marker.
    delete.queryset_only = True  # type: ignore[attr-defined]


LoggedManager = models.Manager.from_queryset(LoggedQuerySet, "LoggedManager")


def record_rows(rows: Sequence[models.Model], operation: str) -> None:
    """Record the owners of written rows of one model, whether they are objects or parts."""
    if not rows:
        return
    model = type(rows[0])
    registry.check_registered(model)
    rule = registry.object_of(model)
    if rule:
        recording.record([rule.identity_of(row) for row in rows], operation)
    now = {link for row in rows for link in owners.links_in_memory(row)}
    recording.record(owners.hearing(model, now, now), Change.UPDATE)


class LoggedModel(models.Model):
    """A model in the owner table: no write of it escapes the change log."""

    objects = LoggedManager()

    class Meta:
        abstract = True
        # Related managers write through the base manager.
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save and record in one transaction."""
        model, names = type(self), kwargs.get("update_fields")
        if names is not None:
            kwargs["update_fields"] = with_twins(model, names)
        moving = names is None or registry.links_of(model).keys() & _names(model, names)
        with transaction.atomic(using=kwargs.get("using"), savepoint=False):
            known = [self.pk] if moving and self.pk is not None else []
            before = owners.links_of_pks(model, known)
            super().save(*args, **kwargs)
            if left := before - owners.links_in_memory(self):
                recording.record(owners.hearing(model, left, set()), Change.UPDATE)

    def delete(
        self, using: str | None = None, keep_parents: bool = False
    ) -> tuple[int, dict[str, int]]:
        """Delete and record in one transaction."""
        return deletion.delete_row(self, using=using, keep_parents=keep_parents)


def _names(model: type[models.Model], names: Iterable[str]) -> set[str]:
    """The names of fields that may be given by their column (`course_id`) too."""
    return {model._meta.get_field(name).name for name in names}
