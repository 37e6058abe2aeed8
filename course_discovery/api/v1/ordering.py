"""`ordering` of lists: names that clients know, in the same order on every database."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, Expression, F, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Lower
from rest_framework.request import Request

from course_discovery.api.v1.projected import StableOrdering

Column = Expression | F


class ColumnOrdering(StableOrdering):
    """Orders by the view's `ordering_columns`: a column for each name; other names do not count.

    Rows without a value come first, and last where the order is reversed.
    """

    def get_valid_fields(
        self, queryset: QuerySet[Any], view: Any, context: Any = None
    ) -> list[tuple[str, str]]:
        """The names that a client may order by, with their labels."""
        return [(name, name) for name in view.ordering_columns]

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        """The rows as asked for; as they come without `ordering`."""
        names = self.get_ordering(request, queryset, view)
        if not names:
            return queryset
        known: Mapping[str, Column] = view.ordering_columns
        return queryset.order_by(*(_by(known, name) for name in names), "pk")


def _by(known: Mapping[str, Column], name: str) -> OrderBy:
    descending = name.startswith("-")
    return OrderBy(
        known[name.lstrip("-")],
        descending=descending,
        nulls_first=None if descending else True,
        nulls_last=True if descending else None,
    )


def columns(*names: str, **others: str | Column) -> dict[str, Column]:
    """Columns to order by: some by their own names, others by what clients call them."""
    paths = {name: name for name in names} | others
    return {name: F(path) if isinstance(path, str) else path for name, path in paths.items()}


def without_case(column: str) -> Column:
    """A text column, ordered without regard to case."""
    return Lower(column, output_field=CharField())
