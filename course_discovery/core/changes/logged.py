"""Base classes of models whose every write leaves an entry in the change log.

Django commits a plain `save()` before it sends `post_save`, and sends nothing for rows that bulk
writes touch. So `save` and `delete` open a transaction here, and the manager's bulk methods record
what they change; `receivers` does the rest.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Self, TypeVar

from django.db import models, transaction

from course_discovery.core.changes import recording, registry
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.owners import old_targets, owners_of_rows

Row = TypeVar("Row", bound=models.Model, covariant=True)


class LoggedQuerySet(models.QuerySet[Row]):
    """A query set whose bulk writes are recorded in their own transaction."""

    def update(self, **values: Any) -> int:
        """Update the rows, recording the owners they had before and have now."""
        with transaction.atomic(using=self.db):
            pks = list(self.order_by().values_list("pk", flat=True))
            moved = set(values) & set(registry.links_of(self.model))
            before = owners_of_rows(self.model, pks, with_links=True) if moved else []
            # The rows are named by key now: the values may be what the query filtered by.
            count = models.QuerySet.update(self, **values)
            now = owners_of_rows(self.model, pks)
            recording.record([*before, *now], Change.UPDATE)
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
        """Create the rows, recording their owners."""
        with transaction.atomic(using=self.db):
            made = super().bulk_create(
                objs, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
            )
            record_rows(made, Change.CREATE)
        return made

    def bulk_update(
        self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Update the rows; each batch is an `update` above, so all of it is recorded."""
        with transaction.atomic(using=self.db):
            return super().bulk_update(objs, fields, batch_size)

    bulk_update.alters_data = True  # type: ignore[attr-defined] # Django's own marker


LoggedManager = models.Manager.from_queryset(LoggedQuerySet, "LoggedManager")


def record_rows(rows: Sequence[models.Model], operation: str) -> None:
    """Record the owners of rows of one model, whether the rows are objects or parts."""
    if not rows:
        return
    model = type(rows[0])
    found = registry.object_of(model)
    if found:
        recording.record(
            [found.identity(tuple(_value(row, name) for name in found.columns)) for row in rows],
            operation,
        )
    if registry.parts_of(model):
        pks = [row.pk for row in rows if row.pk]
        recording.record(owners_of_rows(model, pks, itself=False), Change.UPDATE)


def _value(row: models.Model, path: str) -> Any:
    value: Any = row
    for name in path.split("__"):
        value = getattr(value, name)
    return value


class LoggedModel(models.Model):
    """A model in the owner table: no write of it escapes the change log."""

    objects = LoggedManager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        """Remember the links as loaded, so that a save can tell the owner a row moves away from."""
        row = super().from_db(db, field_names, values)
        names = [cls._meta.get_field(name).attname for name in registry.links_of(cls)]
        row.__dict__["_loaded_links"] = {n: row.__dict__[n] for n in names if n in row.__dict__}
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save and record in one transaction."""
        with transaction.atomic(using=kwargs.get("using")):
            left = [] if self._state.adding else old_targets(self)
            super().save(*args, **kwargs)
            recording.record(left, Change.UPDATE)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete and record in one transaction."""
        with transaction.atomic(using=kwargs.get("using")):
            return super().delete(*args, **kwargs)
