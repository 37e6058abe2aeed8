"""Signals of registered models: saves, deletions (cascades too), many-to-many changes."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete

from course_discovery.core.changes import recording, registry
from course_discovery.core.changes.logged import record_rows
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.owners import owners_of_rows


def connect(*rules: registry.Object | registry.Part) -> None:
    """Register rules in the owner table and listen to their models."""
    registry.register(*rules)
    for model in {rule.model for rule in rules}:
        uid = f"changes:{model._meta.label}"
        post_save.connect(_saved, sender=model, dispatch_uid=uid)
        pre_delete.connect(_deleting, sender=model, dispatch_uid=uid)
        for field in model._meta.local_many_to_many:
            through: Any = field.remote_field.through  # type: ignore[union-attr]
            if through._meta.auto_created:
                m2m_changed.connect(_related, sender=through, dispatch_uid=uid)


def _saved(sender: type[Model], instance: Model, created: bool, **_: Any) -> None:
    record_rows([instance], Change.CREATE if created else Change.UPDATE)


def _deleting(sender: type[Model], instance: Model, **_: Any) -> None:
    """Record a deletion, and what shows the row: nobody could find that afterwards."""
    rule = registry.object_of(sender)
    if rule:
        recording.record(registry.showing(rule.kind, [instance.pk]), Change.UPDATE)
    recording.record(owners_of_rows(sender, [instance.pk], itself=False), Change.UPDATE)
    if rule:
        recording.record(registry.identities(rule.kind, [instance.pk]), Change.DELETE)


def _related(
    sender: type[Model], instance: Model, action: str, reverse: bool, model: type[Model],
    pk_set: set[Any] | None, **_: Any,
) -> None:  # fmt: skip
    """Record the forward side of a many-to-many change, from whichever side it was made."""
    if not reverse:
        if action.startswith("post_"):
            record_rows([instance], Change.UPDATE)
        return
    if action == "pre_clear":
        name = next(f for f in sender._meta.get_fields() if f.related_model is type(instance)).name
        links = sender._base_manager.filter(**{name: instance.pk})
        other = next(f for f in sender._meta.get_fields() if f.related_model is model).name
        pk_set = set(links.values_list(f"{other}_id", flat=True))
    if action in {"pre_clear", "post_add", "post_remove"} and pk_set:
        recording.record(owners_of_rows(model, pk_set), Change.UPDATE)
