"""`q` of the lists: rows that a query string matches."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from search.documents.kinds import Kind
from search.queries.matching import is_everything, matching_pks, matching_query

Row = TypeVar("Row", bound=Model)


def matching(
    queryset: QuerySet[Row], kind: Kind, written: str, *, partner: Any, restrictions: set[str],
    now: datetime,
) -> QuerySet[Row]:  # fmt: skip
    """The rows of a list that `written` matches; `*` and nothing match all.

    Raises BadQuery, and SearchUnavailable.
    """
    if not written.strip() or is_everything(written):
        return queryset
    query = matching_query(
        kind, written, now=now, partner=partner.short_code, include_restricted=restrictions
    )
    return queryset.filter(pk__in=list(matching_pks(kind, query)))
