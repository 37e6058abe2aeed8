"""Signals of registered models: saves, many-to-many changes, and cascades from other models."""

from typing import Any

from django.db.models import ManyToManyField, Model, QuerySet
from django.db.models.signals import m2m_changed, post_save, pre_delete

from course_discovery.core.changes import owners, recording, registry
from course_discovery.core.changes.deletion import record_deletion
from course_discovery.core.changes.logged import LoggedModel, record_rows
from course_discovery.core.changes.models import Change


def connect(*rules: registry.Object | registry.Part) -> None:
    """Register rules in the owner table and listen to their models.

    The tables that Django makes for many-to-many fields of objects are parts too.
    """
    registry.register(*rules)
    post_save.connect(_saved, dispatch_uid="changes:saved")
    for model in {rule.model for rule in rules}:
        pre_delete.connect(_cascading, sender=model, dispatch_uid=f"changes:{model._meta.label}")
    for rule in rules:
        if isinstance(rule, registry.Object):
            for field in rule.model._meta.local_many_to_many:
                if registry.is_seen(rule.model, [field.name]):
                    _connect_table(field, rule.kind)


def _connect_table(field: "ManyToManyField[Any, Any]", kind: str) -> None:
    table: Any = field.remote_field.through
    if table._meta.auto_created:
        registry.register(registry.Part(table, field.m2m_field_name(), kind))
        m2m_changed.connect(_related, sender=table, dispatch_uid=f"changes:{table._meta.label}")


def _saved(
    sender: type[Model],
    instance: Model,
    created: bool,
    update_fields: frozenset[str] | None,
    **_: Any,
) -> None:
    # Whatever the sender: a proxy's rows are those of its model.
    if isinstance(instance, LoggedModel) and registry.is_seen(sender, update_fields):
        record_rows([instance], Change.CREATE if created else Change.UPDATE)


def _cascading(sender: type[Model], instance: Model, origin: Any, **_: Any) -> None:
    """Record a row that goes with one of a model that is not logged (a group, a user).

    Deletions that begin at a logged model record all of their rows at once.
    """
    if isinstance(origin, QuerySet):
        logged = issubclass(origin.model, LoggedModel)
    else:
        logged = isinstance(origin, LoggedModel)
    if not logged:
        recording.record(record_deletion(sender, [instance.pk]), Change.DELETE)


def _related(
    sender: type[Model], instance: Model, action: str, reverse: bool, pk_set: set[Any] | None,
    **_: Any,
) -> None:  # fmt: skip
    """Record the owners of many-to-many rows that were added or are about to go."""
    if action not in {"post_add", "pre_remove", "pre_clear"}:
        return
    owner = registry.parts_of(sender)[0].owner
    other = next(
        each.name for each in sender._meta.get_fields() if each.many_to_one and each.name != owner
    )
    near, far = (other, owner) if reverse else (owner, other)
    rows = sender._base_manager.filter(**{near: instance.pk})
    if pk_set is not None:
        rows = rows.filter(**{f"{far}__in": pk_set})
    links = owners.links(rows)
    recording.record(owners.hearing(sender, links, links), Change.UPDATE)
