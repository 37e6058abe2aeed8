"""Pages of lists, as all services of the platform number them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from course_discovery.loaders.sample.messages import Request
from course_discovery.loaders.sample.site import Site

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list of `count`, on one of `pages`; `following` and `previous` are links."""

    rows: Sequence[T]
    count: int
    pages: int
    following: str | None
    previous: str | None


def page_of(
    rows: Sequence[T], site: Site, request: Request, path: str, *, default: int, most: int
) -> Page[T] | None:
    """The page that `page` and `page_size` ask for; None for one that there is not."""
    size = min(_positive(request.parameter("page_size")) or default, most)
    pages = max(1, -(-len(rows) // size))
    number = _positive(request.parameter("page") or "1")
    if number is None or number > pages:
        return None
    return Page(
        rows=rows[(number - 1) * size : number * size],
        count=len(rows),
        pages=pages,
        following=_link(site, request, path, number + 1) if number < pages else None,
        previous=_link(site, request, path, number - 1) if number > 1 else None,
    )


def _positive(text: str | None) -> int | None:
    """A number above zero, None for anything else; no number of pages has ten digits."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        return None
    return int(text) or None


def _link(site: Site, request: Request, path: str, page: int) -> str:
    """The same request for another page: names in order, no `page` for the first one."""
    query = {name: values for name, values in request.query.items() if name != "page"}
    if page > 1:
        query["page"] = [str(page)]
    text = urlencode(sorted(query.items()), doseq=True)
    return f"{site.base_url}{path}?{text}" if text else f"{site.base_url}{path}"
