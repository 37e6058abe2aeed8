"""The hits and facets of a selection, and suggestions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from course_discovery.api.explorer.selection import NARROWINGS, Selection, Text
from course_discovery.core.models import Partner
from search.documents.kinds import COURSE, PROGRAM
from search.queries.criteria import Criteria, criteria
from search.queries.facets import Bucket, facets, narrowed, open_to_all
from search.queries.ordering import RELEVANCE
from search.queries.page import Hit, Page, search_page
from search.queries.typeahead import begun
from search.queries.words import MAX_LENGTH, words

PAGE_SIZE = 20
SUGGESTIONS = 8
# How many values of a facet are shown at once, and at all.
AT_ONCE, AT_ALL = 8, 100
# Runs are shown inside their courses.
EXPLORED = (COURSE, PROGRAM)
_FACETS = tuple(each.facet for each in NARROWINGS.values())


@dataclass(frozen=True)
class Choice:
    """A value of a facet, with the address that chooses it, or unchooses it if it is chosen."""

    name: Text
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet: its heading and its values, the most frequent first."""

    heading: Text
    choices: list[Choice]

    @property
    def first(self) -> list[Choice]:
        """What is shown at once: what is chosen, and the most frequent values."""
        return self.choices[:AT_ONCE]

    @property
    def others(self) -> list[Choice]:
        """What is shown on demand."""
        return self.choices[AT_ONCE:]


@dataclass(frozen=True)
class Found:
    """What a selection leads to."""

    page: Page
    groups: list[Group]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.page.count // self.page.size))


def find(selection: Selection, partner: Partner, now: datetime) -> Found:
    """A page of the hits of a selection, and how it can be narrowed.

    Raises BadQuery, BadValue, NoSuchPage and SearchUnavailable.
    """
    asked = replace(_seen_by_all(partner, now), query=words(selection.q, now=now))
    asked = narrowed(asked, fields=_FACETS, selected=selection.facets)
    page = search_page(asked, page=selection.page, size=PAGE_SIZE, ordering=[selection.sort])
    found = facets(asked, fields=_FACETS, queries=False)
    return Found(page, list(_groups(selection, found.fields)))


def suggest(written: str, partner: Partner, now: datetime) -> Collection[Hit]:
    """The best things whose title or organization begins with what was typed so far.

    What is longer than a search can be has none. Raises BadValue and SearchUnavailable.
    """
    query = begun(written) if len(written) <= MAX_LENGTH else None
    if query is None:
        return ()
    asked = replace(_seen_by_all(partner, now), query=query)
    return search_page(asked, size=SUGGESTIONS, ordering=[RELEVANCE]).hits


def _seen_by_all(partner: Partner, now: datetime) -> Criteria:
    return open_to_all(criteria({}, kinds=EXPLORED, now=now, partner=partner.short_code))


def _groups(selection: Selection, found: dict[str, list[Bucket]]) -> Iterator[Group]:
    for name, narrowing in NARROWINGS.items():
        counts = {str(bucket.text): bucket.count for bucket in found[narrowing.facet]}
        # What was chosen can be taken back, even where it leaves nothing.
        chosen = [value for each, value in selection.chosen if each == name]
        values = narrowing.in_order(dict.fromkeys([*chosen, *counts]))[:AT_ALL]
        if values:
            choices = [_choice(selection, name, value, counts.get(value, 0)) for value in values]
            yield Group(narrowing.heading, choices)


def _choice(selection: Selection, name: str, value: str, count: int) -> Choice:
    chosen = selection.has(name, value)
    other = (selection.without_value if chosen else selection.with_value)(name, value)
    return Choice(NARROWINGS[name].shown(value), count, other.address, chosen)
