"""What a course leads to and changes in place, kept apart for a draft and its official row.

Both lead to one row until the draft's is edited: then the draft gets a copy of its own, which the
official row leads to once it is published. Places, values within a year and videos need none of
this: an edit leads to another row.
"""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from django.db import models, transaction

from course_discovery.course_metadata.models import AdditionalMetadata, Course, ProductMeta
from course_discovery.course_metadata.operations.ordered import delete_unused
from course_discovery.course_metadata.operations.running import operation, write_differences
from course_discovery.course_metadata.operations.tag import set_tags

Nested = Literal["additional_metadata", "location_restriction", "extra_description"]
NESTED: tuple[Nested, ...] = ("additional_metadata", "location_restriction", "extra_description")

Row = TypeVar("Row", bound=models.Model)


@operation
def own_nested(*, course: Course, field: Nested) -> models.Model | None:
    """What the course row leads to by `field`, a copy of it where another course leads there too.

    To be called before it is changed in place; the copy counts as a change of a draft.
    """
    nested: models.Model | None = getattr(course, field)
    if nested is None:
        return None
    others = Course.everything.filter(**{field: nested}).exclude(pk=course.pk)
    if not others.exists():
        return nested
    made = _copied_metadata(nested) if isinstance(nested, AdditionalMetadata) else _copied(nested)
    write_differences(course, {field: made})
    return made


def write_nested(course: Course, field: Nested, write: Callable[[], bool]) -> bool:
    """Let `write` change in place what the draft leads to, and nobody else; whether it did.

    Where nothing differs, no copy is left. A part of a larger operation.
    """
    shared = getattr(course, field)
    with transaction.atomic():
        own_nested(course=course, field=field)
        changed = write()
        transaction.set_rollback(not changed)
    if not changed:
        setattr(course, field, shared)
    return changed


def delete_left_nested(left: models.Model) -> None:
    """Delete what a course led to, with what belongs to it alone, unless something still does."""
    parts: list[models.Model] = []
    if isinstance(left, AdditionalMetadata):
        own = (left.certificate_info, left.product_meta, left.taxi_form)
        parts = [*left.facts.all(), *(each for each in own if each is not None)]
    delete_unused([left])
    # What is left may be used still, and then so are its parts.
    delete_unused(parts)


def _copied_metadata(row: AdditionalMetadata) -> AdditionalMetadata:
    parts = ("certificate_info", "product_meta", "taxi_form")
    own = {name: _copied(part) for name in parts if (part := getattr(row, name))}
    made = _copied(row, **own)
    for fact in row.facts.all():
        made.facts.add(_copied(fact))
    if isinstance(row.product_meta, ProductMeta) and made.product_meta:
        set_tags(made.product_meta.keywords, [tag.name for tag in row.product_meta.keywords.all()])
    return made


def _copied(row: Row, **values: Any) -> Row:
    columns = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in {"created", "modified"}
    }
    made: Row = type(row)._default_manager.create(**{**columns, **values})
    return made
