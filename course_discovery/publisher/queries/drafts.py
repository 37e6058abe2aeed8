"""Rows as course teams see them."""

from typing import Any

from django.db.models import Q, QuerySet


def with_drafts_first(model: Any) -> QuerySet[Any]:
    """One row for each thing: its draft, or the official row where there is none."""
    rows: QuerySet[Any] = model.everything.filter(Q(draft=True) | Q(draft_version=None))
    return rows
