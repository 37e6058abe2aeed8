"""The lists of a shop, page by page, and whether they were read whole.

`count` of a shop is exact, but its course list has no defined order: rows may move between two
pages, and totals may change while the list is read. A row that comes again is given once, and a
list is whole only if as many different rows were read as its latest page announced. Anything else
is a `ShortFetch`, and so is a pager that would never end.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NoReturn

from course_discovery.clients.errors import ShortFetch

MAX_PAGES = 20_000


class BadEcommercePage(ValueError):
    """An answer that is not a page of a shop's list; the text names the key at fault."""


@dataclass(frozen=True)
class EcommercePage:
    """One page: its rows as sent, and what it tells of the list."""

    number: int
    rows: list[object]
    count: int
    has_next: bool


def parse_ecommerce_page(body: object, number: int, page_size: int) -> EcommercePage:
    """The page in `{"count", "next", "results": [...]}`. Raises `BadEcommercePage`."""
    if not isinstance(body, dict):
        raise BadEcommercePage("not an object")
    rows, count, following = body.get("results"), body.get("count"), body.get("next")
    if not isinstance(rows, list):
        raise BadEcommercePage("results is not a list")
    if len(rows) > page_size:
        raise BadEcommercePage("results has more rows than were asked for")
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        raise BadEcommercePage("count is not a whole number")
    if following is not None and not isinstance(following, str):
        raise BadEcommercePage("next is neither an address nor null")
    return EcommercePage(number, rows, count, bool(following))


class EcommerceListing:
    """The pages of one list, fetched while read, each with the rows that no earlier one had.

    While and after iterating: `seen` different rows given so far, `announced` by the latest page,
    `pages` read, and `complete`, which is true only when the list was read whole. Iterating raises
    `ShortFetch`, or what `fetch` raises. `fetch(number)` gives a page, or None for 404.

    Of the rows only a digest of each `id` is kept.
    """

    def __init__(self, url: str, fetch: Callable[[int], EcommercePage | None]) -> None:
        self.seen = 0
        self.announced = 0
        self.pages = 0
        self.complete = False
        self._url = url
        self._fetch = fetch
        self._page_limit = MAX_PAGES
        self._known: set[bytes] = set()

    def __iter__(self) -> Iterator[EcommercePage]:
        more = True
        while more:
            page = self._fetch(self.pages + 1)
            if page is not None:
                self.announced = page.count
            if page is None or not page.rows:
                break
            yield self._take(page)
            more = page.has_next
            if more and self.pages >= self._page_limit:
                self._cut(f"still more announced after {self.pages} pages")
        if self.seen != self.announced:
            self._cut("not as many rows as announced")
        self.complete = True

    def _take(self, page: EcommercePage) -> EcommercePage:
        new = [row for row in page.rows if self._is_new(row)]
        if not new:
            self._cut(f"page {page.number} repeats earlier ones")
        if page.number == 1:
            # The server may cap the page size, and rows may be added while the list is read.
            pages = -(-page.count // len(page.rows))
            self._page_limit = min(2 * pages + 10, MAX_PAGES)
        self.pages = page.number
        self.seen += len(new)
        return replace(page, rows=new)

    def _is_new(self, row: object) -> bool:
        """Whether no earlier row had its id; one without id is always new."""
        name = row.get("id") if isinstance(row, dict) else None
        if isinstance(name, bool) or not isinstance(name, str | int):
            return True
        digest = hashlib.blake2b(repr(name).encode("utf-8", "replace"), digest_size=16).digest()
        new = digest not in self._known
        self._known.add(digest)
        return new

    def _cut(self, reason: str) -> NoReturn:
        raise ShortFetch("GET", self._url, reason, seen=self.seen, announced=self.announced)
