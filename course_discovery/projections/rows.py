"""Rows whose columns are served as they are."""

from collections.abc import Collection
from typing import Any


def rows_by_pk(model: Any, pks: Collection[int], *columns: str) -> dict[int, dict[str, Any]]:
    """Rows of a model by primary key, as objects of these columns in this order; one query."""
    rows = model.objects.filter(pk__in=pks).values_list("pk", *columns)
    return {pk: dict(zip(columns, values, strict=True)) for pk, *values in rows}
