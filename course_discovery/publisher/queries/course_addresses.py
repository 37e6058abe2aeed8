"""Courses whose addresses can be moved."""

from collections.abc import Collection, Iterator
from uuid import UUID

from course_discovery.course_metadata.models import Course

_AT_ONCE = 200


def courses_to_move(
    *, uuids: Collection[UUID], course_type: str | None, source: str | None
) -> Iterator[Course]:
    """One row of each course, the official one if there is one, in the order of their keys.

    Those with these uuids, type and source, if they are told.
    """
    rows = Course.everything.filter(official_version__isnull=True)
    if uuids:
        rows = rows.filter(uuid__in=uuids)
    if course_type:
        rows = rows.filter(type__slug__iexact=course_type)
    if source:
        rows = rows.filter(product_source__slug=source)
    keys = list(rows.order_by("key_folded", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        found = rows.select_related("type", "product_source").in_bulk(
            keys[start : start + _AT_ONCE]
        )
        yield from (found[key] for key in keys[start : start + _AT_ONCE] if key in found)
