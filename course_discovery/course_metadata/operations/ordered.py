"""Lists of rows: ordered links to other rows, and rows that belong to one owner."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models

from course_discovery.course_metadata.operations.running import differences, write_differences

Target = TypeVar("Target", bound=models.Model)
Values = Mapping[str, Any]


def set_targets(links: Any, target: str, rows: Sequence[models.Model]) -> bool:
    """Let an ordered list lead to exactly these rows, in this order; whether anything differed.

    `links` is the related manager of the owner's `OrderedLink` rows, `target` the foreign key of
    theirs that leads on.
    """
    stored = {getattr(link, f"{target}_id"): link for link in links.all()}
    wanted = list({row.pk: row for row in rows})
    changed = False
    for pk, link in stored.items():
        if pk not in wanted:
            link.delete()
            changed = True
    for place, pk in enumerate(wanted):
        if pk in stored:
            changed |= write_differences(stored[pk], {"sort_value": place})
        else:
            links.create(**{f"{target}_id": pk, "sort_value": place})
            changed = True
    return changed


def set_items(links: Any, target: str, model: type[Target], wanted: Iterable[Values]) -> bool:
    """Let an ordered list lead to rows with exactly these columns; whether anything differed.

    Rows of the list that have the columns stay, others are made. A row that leaves the list is
    deleted unless something else leads to it.
    """
    before = _targets(links, target)
    rows, free = [], list(before)
    for columns in wanted:
        row = next((each for each in free if not differences(each, columns)), None)
        if row is None:
            row = model._default_manager.create(**columns)
        else:
            free.remove(row)
        rows.append(row)
    changed = set_targets(links, target, rows)
    delete_unused(free)
    return changed


def set_parts(parts: Any, wanted: Sequence[Values]) -> bool:
    """Let the owner's rows have exactly these columns, in this order; whether anything differed.

    `parts` is the related manager. Rows are changed in place, so that their history goes on.
    """
    stored = list(parts.order_by("pk"))
    changed = False
    for row, columns in zip(stored, wanted, strict=False):
        changed |= write_differences(row, columns)
    for row in stored[len(wanted) :]:
        row.delete()
    for columns in wanted[len(stored) :]:
        parts.create(**columns)
    return changed or len(stored) != len(wanted)


def set_keyed_parts(parts: Any, key: Callable[[Any], Any], wanted: Mapping[Any, Values]) -> bool:
    """Let the owner have exactly one row for each key, with these columns; whether any differed.

    `parts` is the related manager, `key(row)` the key of a row.
    """
    stored = {key(row): row for row in parts.order_by("pk")}
    changed = False
    for each, row in stored.items():
        if each not in wanted:
            row.delete()
            changed = True
    for each, columns in wanted.items():
        if each in stored:
            changed |= write_differences(stored[each], columns)
        else:
            parts.create(**columns)
            changed = True
    return changed


def delete_unused(rows: Collection[models.Model]) -> None:
    """Delete those of the rows that no other row leads to."""
    for row in rows:
        if not _is_used(row):
            row.delete()


def _targets(links: Any, target: str) -> list[Any]:
    return [getattr(link, target) for link in links.select_related(target)]


def _is_used(row: models.Model) -> bool:
    own = {field.remote_field.through for field in row._meta.many_to_many}
    for relation in row._meta.get_fields(include_hidden=True):
        # History refers to rows without holding them.
        holds = (
            isinstance(relation, models.ManyToOneRel) and relation.on_delete != models.DO_NOTHING
        )
        if holds and relation.related_model not in own and _leads(relation, row):
            return True
    return False


def _leads(relation: Any, row: models.Model) -> bool:
    others = relation.related_model._base_manager
    return bool(others.filter(**{relation.field.name: row.pk}).exists())
