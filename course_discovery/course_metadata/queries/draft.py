"""What a draft and its official row have in common."""

from typing import Any, NamedTuple

from django.db import models

from course_discovery.course_metadata.models.base import DraftModel, OrderedLink

# Columns that tell rows apart, or that are kept for each row by itself.
_OWN = {
    "id", "uuid", "draft", "created", "modified", "data_modified_timestamp", "enrollment_count",
    "recent_enrollment_count",
}  # fmt: skip


class Join(NamedTuple):
    """A table that joins a row to others: its foreign keys to both, and whether it has an order."""

    table: Any
    owner: str
    target: str
    ordered: bool


def told_columns(model: type[models.Model]) -> list[str]:
    """The columns that draft and official row agree on once the draft is published.

    What points to a drafted row is not among them: it points to the draft or to the twin.
    """
    return [
        each.name
        for each in model._meta.concrete_fields
        if each.name not in _OWN
        and not (each.related_model and issubclass(each.related_model, DraftModel))
    ]


def joins_of(model: type[DraftModel]) -> dict[str, Join]:
    """The tables behind the lists that draft and official row agree on, by the lists' names."""
    return {field.name: _join(model, field) for field in model._meta.many_to_many}


def _join(model: type[DraftModel], field: Any) -> Join:
    table = field.remote_field.through
    keys = {key.related_model: key.attname for key in table._meta.fields if key.many_to_one}
    owner = keys.pop(model)
    (target,) = keys.values()
    return Join(table, owner, target, issubclass(table, OrderedLink))
