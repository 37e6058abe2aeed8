"""Finding the owners of rows, as the owner table says."""

from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey, Model

from course_discovery.core.changes import registry
from course_discovery.core.changes.registry import Identity


def owners_of_rows(
    model: type[Model], pks: Iterable[Any], *, with_links: bool = False, itself: bool = True
) -> list[Identity]:
    """The objects that hear of a change of these rows: one query for each rule of the model.

    With `with_links` also the objects that the rows' links lead to (the course of a run); without
    `itself` not the rows' own objects.
    """
    wanted = list(pks)
    found: list[Identity] = []
    rule = registry.object_of(model)
    if rule and itself:
        found += registry.identities(rule.kind, wanted)
    links = {part.owner: part.kind for part in registry.parts_of(model)}
    if rule and with_links:
        links |= rule.moves
    for field, kind in links.items():
        target = registry.kind_named(kind)
        rows = (
            model._base_manager.filter(pk__in=wanted)
            .exclude(**{field: None})
            .values_list(*(f"{field}__{column}" for column in target.columns))
        )
        found += [target.identity(row) for row in rows.distinct()]
    return found


def old_targets(row: Model) -> list[Identity]:
    """The objects that a row was loaded with links to and does not link to any more."""
    loaded: dict[str, Any] = row.__dict__.get("_loaded_links", {})
    links = {part.owner: part.kind for part in registry.parts_of(type(row))}
    rule = registry.object_of(type(row))
    links |= rule.moves if rule else {}
    left: list[Identity] = []
    for name, kind in links.items():
        field = row._meta.get_field(name)
        assert isinstance(field, ForeignKey)
        before = loaded.get(field.attname)
        if before is not None and before != getattr(row, field.attname):
            left += registry.identities(kind, [before])
    return left
