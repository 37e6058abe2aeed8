"""`q` of the lists: rows that a query string matches."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from course_discovery.api.v1.edit_mode import edits
from course_discovery.api.v1.restricted import shown_restrictions
from search.documents.kinds import Kind
from search.queries.matching import is_everything, matching_pks, matching_query


def searches(request: Request) -> bool:
    """Whether the caller gave a query string."""
    return bool(request.query_params.get("q", "").strip())


class MatchingFilter(django_filters.CharFilter):
    """The rows of a list that a query string matches, every one; `*` and nothing match all.

    Drafts, where a kind is `drafted`, are not searched. Raises ValidationError, BadQuery, and
    SearchUnavailable.
    """

    def __init__(self, kind: Kind, *, drafted: bool = True) -> None:
        but = "; not with `editable=1`" if drafted else ""
        super().__init__(help_text=f"a query string (Lucene grammar){but}")
        self.kind, self.drafted = kind, drafted

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows that match."""
        request: Any = self.parent.request  # type: ignore[attr-defined] # set by the filter set
        if not (value or "").strip():
            return queryset
        if self.drafted and edits(request):
            raise ValidationError({"q": ["Drafts are not searched: use pubq with editable=1."]})
        if is_everything(value):
            return queryset
        query = matching_query(
            self.kind,
            value,
            now=request.moment,
            partner=request.partner.short_code,
            include_restricted=shown_restrictions(request),
        )
        return queryset.filter(pk__in=list(matching_pks(self.kind, query)))
