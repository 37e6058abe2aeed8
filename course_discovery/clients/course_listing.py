"""The course list of an LMS, page by page, and where it ends.

`count` and `num_pages` of the list are estimates: the LMS counts before it checks who may see
what, so both may shrink from page to page and an announced page may not exist. A listing has
ended well when

- no page was announced any more: `next` is null and the page is not below `num_pages`; or
- an announced page is missing (404) or empty, and `next` of the page before was null; or
- an announced page is missing or empty, and what was seen lacks less than one page of the latest
  `count`.

Anything else is a `ShortFetch`: a page missing too early, and a pager that would never end.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, Self

import orjson

from course_discovery.clients.errors import ShortFetch

MAX_PAGES = 100_000


class BadCoursePage(ValueError):
    """An answer that is not a page of the course list; the text names the key at fault."""


@dataclass(frozen=True)
class CoursePage:
    """One page: its rows as sent, and what it tells of the listing."""

    number: int
    rows: list[dict[str, Any]]
    count: int
    num_pages: int
    has_next: bool

    @property
    def announces_more(self) -> bool:
        return self.has_next or self.number < self.num_pages


def parse_course_page(body: object, number: int) -> CoursePage:
    """The page in `{"results": [{...}], "pagination": {"count", "num_pages", "next"}}`.

    Raises `BadCoursePage`. The rows are only known to be objects.
    """
    if not isinstance(body, dict):
        raise BadCoursePage("not an object")
    rows, pagination = body.get("results"), body.get("pagination")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadCoursePage("results is not a list of objects")
    if not isinstance(pagination, dict):
        raise BadCoursePage("pagination is not an object")
    following = pagination.get("next")
    if following is not None and not isinstance(following, str):
        raise BadCoursePage("pagination.next is neither an address nor null")
    return CoursePage(
        number=number,
        rows=rows,
        count=_natural(pagination, "count"),
        num_pages=_natural(pagination, "num_pages"),
        has_next=bool(following),
    )


def _natural(pagination: dict[str, Any], key: str) -> int:
    value = pagination.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadCoursePage(f"pagination.{key} is not a whole number")
    return value


class CourseListing:
    """Iterator over the rows of a course list; holds one page at a time.

    While and after iterating: `seen` rows given so far, `announced` by the latest page, `pages`
    read, and `complete`, which is true only when the listing ended well. Iterating raises
    `ShortFetch`, or what `fetch` raises. `fetch(number)` gives a page, or None for 404;
    `on_page` is called with each page before its rows are given.
    """

    def __init__(
        self,
        url: str,
        page_size: int,
        fetch: Callable[[int], CoursePage | None],
        on_page: Callable[[CoursePage], None] | None = None,
    ) -> None:
        self.seen = 0
        self.announced = 0
        self.pages = 0
        self.complete = False
        self._url = url
        self._page_size = page_size
        self._fetch = fetch
        self._on_page = on_page
        self._fingerprints: set[bytes] = set()
        self._page_limit = MAX_PAGES
        self._rows = self._walk()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> dict[str, Any]:
        return next(self._rows)

    def _walk(self) -> Iterator[dict[str, Any]]:
        expected = True  # `next` of the page before led here
        more = True
        while more:
            page = self._fetch(self.pages + 1)
            if page is None or not page.rows:
                self._end_without(page, expected)
                break
            if not self._is_new(page):
                if expected:
                    self._cut(f"page {page.number} repeats an earlier page")
                break
            self._take(page)
            for row in page.rows:
                self.seen += 1
                yield row
            more, expected = page.announces_more, page.has_next
            if more and self.pages >= self._page_limit:
                self._cut(f"still more announced after {self.pages} pages")
        self.complete = True

    def _take(self, page: CoursePage) -> None:
        self.pages, self.announced = page.number, page.count
        if page.number == 1:
            # The server may cap the page size, and courses may be added while the list is read.
            self._page_size = min(self._page_size, len(page.rows))
            self._page_limit = min(2 * page.num_pages + 10, MAX_PAGES)
        if self._on_page is not None:
            self._on_page(page)

    def _end_without(self, page: CoursePage | None, expected: bool) -> None:
        """Judge the end at a page that is missing or empty."""
        if page is not None:
            self.announced = page.count
            if self.pages == 0:
                expected = page.has_next
                if self._on_page is not None:
                    self._on_page(page)
        within_estimate = self.pages > 0 and self.seen + self._page_size >= self.announced
        if expected and not within_estimate:
            fault = "missing" if page is None else "empty"
            self._cut(f"announced page {self.pages + 1} is {fault}")

    def _is_new(self, page: CoursePage) -> bool:
        """Whether no earlier page had these courses in this order."""
        ids = [row.get("id") if isinstance(row.get("id"), str) else row for row in page.rows]
        fingerprint = hashlib.blake2b(orjson.dumps(ids), digest_size=16).digest()
        new = fingerprint not in self._fingerprints
        self._fingerprints.add(fingerprint)
        return new

    def _cut(self, reason: str) -> NoReturn:
        raise ShortFetch("GET", self._url, reason, seen=self.seen, announced=self.announced)
