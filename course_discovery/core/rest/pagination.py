"""Paging: by page number or by limit and offset, never unbounded.

Who goes from page to page by `next` gets every row that is there all the time once, whatever else
is edited meanwhile: beside the number of rows before it, the link says after which row the next
page starts. Numbers that clients make up themselves count rows as they are at the moment.
"""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import (
    CursorPagination,
    LimitOffsetPagination,
    PageNumberPagination,
)
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from course_discovery.core.rest.positions import BadPosition, Positions, Values

MAX_PAGE_SIZE = 1000
AFTER = "after"
_AFTER_PARAMETER = {
    "name": AFTER,
    "required": False,
    "in": "query",
    "description": "Where the page before ended; taken from its `next`, together with its place.",
    "schema": {"type": "string"},
}


class _Walk:
    """One page of primary keys, and how its `next` leads on."""

    def __init__(self, queryset: QuerySet[Any, Any], request: Request) -> None:
        """Raises ValidationError for an `after` that was not given out for this list."""
        self._positions = Positions.of(queryset)
        self._url = request.build_absolute_uri()
        self._end = 0
        self._last: Values | None = None
        self._start: int | None = None
        self._after: Values | None = None
        if token := request.query_params.get(AFTER):
            try:
                self._start, self._after = self._positions.read(token)
            except BadPosition as error:
                message = "Not given out for this list in this order: start again without it."
                raise ValidationError({AFTER: [message]}) from error

    def continues_at(self, start: int) -> bool:
        """Whether the client follows a link to here, rather than having made up a place."""
        return start == self._start

    def page(self, start: int, size: int) -> list[Any]:
        """At most so many primary keys."""
        if self.continues_at(start):
            rows = self._positions.page(0, size + 1, self._after)
        else:
            rows = self._positions.page(start, start + size + 1)
        self._end = start + size
        self._last = rows[size - 1][1] if len(rows) > size else None
        return [pk for pk, _values in rows[:size]]

    def next_link(self, **numbers: int) -> str | None:
        """The link to what follows the page, with these parameters; None at the end."""
        if self._last is None:
            return None
        url = self.link(**numbers)
        token = self._positions.token(self._last, self._end)
        return replace_query_param(url, AFTER, token) if token else url

    def link(self, **numbers: int) -> str:
        """The link to this list with these parameters, which counts rows."""
        url = _without(self._url)
        for name, number in numbers.items():
            url = str(replace_query_param(url, name, number))
        return url


def _without(address: str) -> str:
    return str(remove_query_param(address, AFTER))


class _PagePagination(PageNumberPagination):
    """Pages of primary keys by number."""

    page: Page[Any]
    _walk: _Walk

    def paginate_queryset(
        self, queryset: QuerySet[Any, Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """One page of primary keys."""
        assert isinstance(queryset, QuerySet)
        self.request = request
        size = self.get_page_size(request)
        assert size
        paginator = self.django_paginator_class(queryset, size)
        self._walk = _Walk(queryset, request)
        self._number = self._number_of(request, paginator)
        count = paginator.count
        rows = self._walk.page((self._number - 1) * size, size) if count else []
        # A list that became shorter has fewer pages than the client walked through.
        self.page = Page(rows, min(self._number, paginator.num_pages), paginator)
        self.display_page_controls = count > size
        return rows

    def _number_of(self, request: Request, paginator: Paginator[Any]) -> int:
        given = self.get_page_number(request, paginator)
        if str(given).isdecimal() and len(str(given)) < 10:
            number = int(given)
            if self._walk.continues_at((number - 1) * paginator.per_page):
                return number
        try:
            return paginator.validate_number(given)
        except InvalidPage as error:
            message = self.invalid_page_message.format(page_number=given, message=str(error))
            raise NotFound(message) from error

    def get_next_link(self) -> str | None:
        """The next page, None at the end."""
        return self._walk.next_link(**{self.page_query_param: self._number + 1})

    def get_previous_link(self) -> str | None:
        """The page before, None at the start."""
        if not self.page.has_previous():
            return None
        # Named even if it is the first: without a number some lists page by offset.
        return self._walk.link(**{self.page_query_param: self.page.previous_page_number()})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What clients can ask with."""
        return [*super().get_schema_operation_parameters(view), _AFTER_PARAMETER]


class PagePagination(_PagePagination):
    """`page` and `page_size`; above 1,000 rows a page is 1,000 and `next` leads on."""

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE_SIZE


class FixedPagePagination(_PagePagination):
    """`page` only: pages of 20."""

    page_size = 20


class LongFixedPagePagination(_PagePagination):
    """`page` only: pages of 100."""

    page_size = 100


class OffsetPagination(LimitOffsetPagination):
    """`limit` and `offset`; junk is the default."""

    default_limit = 20
    max_limit = MAX_PAGE_SIZE
    _walk: _Walk

    def paginate_queryset(
        self, queryset: QuerySet[Any, Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """One page of primary keys."""
        assert isinstance(queryset, QuerySet)
        self.request = request
        self.limit = self._size = self.get_limit(request) or self.default_limit
        self.offset: int = self.get_offset(request)
        self._walk = _Walk(queryset, request)
        self.count = self.get_count(queryset)
        self.display_page_controls = self.count > self._size
        if self.offset >= self.count and not self._walk.continues_at(self.offset):
            return []
        return self._walk.page(self.offset, self._size)

    def get_next_link(self) -> str | None:
        """The next page, None at the end."""
        return self._walk.next_link(limit=self._size, offset=self.offset + self._size)

    def get_previous_link(self) -> str | None:
        """The page before, None at the start."""
        link = super().get_previous_link()
        return _without(link) if link else None

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What clients can ask with."""
        return [*super().get_schema_operation_parameters(view), _AFTER_PARAMETER]


class NewestFirstPagination(CursorPagination):
    """`cursor` only: pages of 20 primary keys, the newest row first, without a count.

    Rows know when they were `created`; rows of one moment are told apart by their keys.
    """

    page_size: int = 20
    ordering = ("-created", "-pk")

    def paginate_queryset(
        self, queryset: QuerySet[Any, Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """One page of primary keys.

        Raises NotFound for a cursor that was never given out.
        """
        assert isinstance(queryset, QuerySet)
        self.request = request
        self._url = request.build_absolute_uri()
        self._positions = Positions.of(queryset.order_by(*self.ordering))
        backward, after = self._read(request)
        forward = self._positions
        positions = forward.reversed() if backward else forward
        rows = positions.page(0, self.page_size + 1, after)
        more = len(rows) > self.page_size
        rows = rows[: self.page_size][:: -1 if backward else 1]
        self.has_next, self.has_previous = (True, more) if backward else (more, after is not None)
        self._ends = (rows[0][1], rows[-1][1]) if rows else None
        self.display_page_controls = self.has_next or self.has_previous
        return [pk for pk, _values in rows]

    def get_next_link(self) -> str | None:
        """The next page, None at the end."""
        return self._link(self._ends[1], 0) if self._ends and self.has_next else None

    def get_previous_link(self) -> str | None:
        """The page before, None at the start."""
        return self._link(self._ends[0], 1) if self._ends and self.has_previous else None

    def _read(self, request: Request) -> tuple[int, Values | None]:
        token = request.query_params.get(self.cursor_query_param)
        if token is None:
            return 0, None
        try:
            return self._positions.read(token)
        except BadPosition as error:
            raise NotFound(self.invalid_cursor_message) from error

    def _link(self, position: Values, backward: int) -> str:
        token = self._positions.token(position, backward)
        return str(replace_query_param(self._url, self.cursor_query_param, token))


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
        by_number = PageNumberPagination.get_schema_operation_parameters(PagePagination(), view)
        return [*by_number, *OffsetPagination().get_schema_operation_parameters(view)]

    def to_html(self) -> str:
        """The page links of the browsable API."""
        return self._chosen.to_html()
