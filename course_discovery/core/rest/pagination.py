"""Paging: by page number or by limit and offset, never unbounded."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from rest_framework.exceptions import NotFound
from rest_framework.pagination import (
    Cursor,
    CursorPagination,
    LimitOffsetPagination,
    PageNumberPagination,
)
from rest_framework.request import Request
from rest_framework.response import Response

MAX_PAGE_SIZE = 1000


class PagePagination(PageNumberPagination):
    """`page` and `page_size`; above 1,000 rows a page is 1,000 and `next` leads on."""

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE_SIZE


class FixedPagePagination(PageNumberPagination):
    """`page` only: pages of 20."""

    page_size = 20


class NewestFirstPagination(CursorPagination):
    """`cursor` only: pages of 20 primary keys, the newest row first, without a count.

    Rows know when they were `created`; what is added meanwhile moves nothing to another page.
    """

    page_size = 20
    ordering = ("-created", "-pk")

    def paginate_queryset(
        self, queryset: QuerySet[Any, Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """One page of primary keys."""
        assert isinstance(queryset, QuerySet)
        page = super().paginate_queryset(queryset.values("pk", "created"), request, view)
        return [row["pk"] for row in page or ()]

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The cursor that the request names.

        Raises NotFound for one that was never given out: a position is a moment.
        """
        cursor = super().decode_cursor(request)
        if cursor and cursor.position is not None and not _is_moment(str(cursor.position)):
            raise NotFound(self.invalid_cursor_message)
        return cursor


def _is_moment(text: str) -> bool:
    try:
        moment = parse_datetime(text)
        return bool(moment and moment.tzinfo and moment.astimezone(UTC))
    except (ValueError, OverflowError):
        return False


class OffsetPagination(LimitOffsetPagination):
    """`limit` and `offset`; junk is the default."""

    default_limit = 20
    max_limit = MAX_PAGE_SIZE


class ProxiedPagination(PageNumberPagination):
    """Page numbers where `page` is given, else limit and offset; one envelope for both."""

    def __init__(self) -> None:
        self._chosen: PagePagination | OffsetPagination = OffsetPagination()

    def paginate_queryset(
        self, queryset: QuerySet[Any, Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        """One page of rows."""
        self._chosen = PagePagination() if request.query_params.get("page") else OffsetPagination()
        return self._chosen.paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: Any) -> Response:
        """The envelope `count, next, previous, results`."""
        return self._chosen.get_paginated_response(data)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Both styles, for the API's description."""
        return [
            *PagePagination().get_schema_operation_parameters(view),
            *OffsetPagination().get_schema_operation_parameters(view),
        ]

    def to_html(self) -> str:
        """The page links of the browsable API."""
        return self._chosen.to_html()
