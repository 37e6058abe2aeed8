"""Paging: by page number or by limit and offset, never unbounded."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import LimitOffsetPagination, PageNumberPagination
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
