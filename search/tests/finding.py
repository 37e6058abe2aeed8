"""Short ways of searching, for tests."""

from collections.abc import Sequence
from typing import Any

from search.documents.kinds import KINDS, Kind
from search.queries.criteria import Criteria, criteria
from search.queries.page import search_page
from search.tests.catalog import NOW


def asking(kinds: Sequence[Kind] = KINDS, **parameters: Any) -> Criteria:
    """Criteria of parameters, each a value or a list of values."""
    return criteria(listed(parameters), kinds=kinds, now=NOW)


def listed(parameters: dict[str, Any]) -> dict[str, list[Any]]:
    """Parameters as a request has them: a list of values each."""
    return {
        name: value if isinstance(value, list) else [value] for name, value in parameters.items()
    }


def found(kinds: Sequence[Kind] = KINDS, **parameters: Any) -> list[str]:
    """What a search finds, in the default order: keys, and uuids of what has no key."""
    page = search_page(asking(kinds, **parameters), size=1000)
    assert page.count == len(page.hits)
    return [hit.source.get("key") or hit.source["uuid"] for hit in page.hits]
