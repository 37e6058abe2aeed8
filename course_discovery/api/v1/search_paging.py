"""Which hits an answer shows, and the addresses of those around them."""

from collections.abc import Callable
from dataclasses import dataclass

from rest_framework.request import Request

from course_discovery.api.v1.search_parameters import Parameters, address, page_of, page_size_of
from search.queries.criteria import Criteria
from search.queries.page import Hit, Page, search_after, search_page


@dataclass(frozen=True)
class Shown:
    """The hits of one answer: `count` is that of all, `placed` that rows tell their place."""

    count: int
    next: str | None
    previous: str | None
    hits: list[Hit]
    placed: bool = False


Paging = Callable[..., Shown]


def by_number(
    request: Request, found: Criteria, parameters: Parameters, *, grouped: bool = True
) -> Shown:
    """The page that `page` and `page_size` name; `grouped` puts hits of one kind together.

    Raises NotFound and NoSuchPage for a page that is not there, BadValue beyond the last that can
    be reached by number.
    """
    page = search_page(
        found,
        page=page_of(parameters),
        size=page_size_of(parameters),
        ordering=parameters.get("ordering", ()),
        grouped=grouped,
    )
    return Shown(page.count, _next(request, page), _previous(request, page), page.hits)


def by_position(
    request: Request, found: Criteria, parameters: Parameters, *, grouped: bool = True
) -> Shown:
    """The hits after `search_after`; always grouped, and never with a `previous`.

    Raises BadValue for what is no position.
    """
    stretch = search_after(
        found,
        after=str((parameters.get("search_after") or [""])[-1]),
        size=page_size_of(parameters),
        ordering=parameters.get("ordering", ()),
    )
    following = stretch.following
    return Shown(
        stretch.count,
        address(request, search_after=following, page=None) if following else None,
        None,
        stretch.hits,
        placed=True,
    )


def _next(request: Request, page: Page) -> str | None:
    return address(request, page=str(page.number + 1)) if page.has_next else None


def _previous(request: Request, page: Page) -> str | None:
    if page.number == 1:
        return None
    # The first page is the one without a number.
    return address(request, page=str(page.number - 1) if page.number > 2 else None)
