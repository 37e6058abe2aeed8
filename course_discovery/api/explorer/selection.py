"""What a visitor chose, read from an address, and the addresses of other choices."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.queries import BadValue, NoSuchPage
from search.queries.ordering import RELEVANCE

Chosen = tuple[str, str]
Text = str | Promise
# More are not chosen by people.
MAX_CHOSEN = 50

SORTS: dict[str, Text] = {
    RELEVANCE: _("Best match"),
    "start": _("Earliest start"),
    "-start": _("Latest start"),
}
KINDS: dict[str, Text] = {"course": _("Courses"), "program": _("Programs")}
AVAILABILITY: dict[str, Text] = {
    "Current": _("Under way"),
    "Starting Soon": _("Starting soon"),
    "Upcoming": _("Starting later"),
    "Archived": _("Ended"),
}


def _name_of_organization(value: str) -> Text:
    """The name in `KEY: Name`."""
    return value.partition(": ")[2] or value


@dataclass(frozen=True)
class Narrowing:
    """A way to narrow: the name of the facet behind it, its heading, and how values are shown.

    Values with `names` stand in their order, others by frequency.
    """

    facet: str
    heading: Text
    names: Mapping[str, Text] = field(default_factory=dict)
    name: Callable[[str], Text] = str

    def shown(self, value: str) -> Text:
        """A value as visitors read it."""
        return self.names.get(value) or self.name(value)

    def in_order(self, values: Iterable[str]) -> list[str]:
        """Values, the most frequent of which come first, as they are shown."""
        order = {value: place for place, value in enumerate(self.names)}
        return sorted(values, key=lambda value: order.get(value, len(order)))


# By the parameter of an address, in the order of the page.
NARROWINGS = {
    "kind": Narrowing("content_type", _("Kind"), KINDS),
    "subject": Narrowing("subjects", _("Subject")),
    "availability": Narrowing("availability", _("When"), AVAILABILITY),
    "level": Narrowing("level_type", _("Level")),
    "type": Narrowing("type", _("Type of program")),
    "language": Narrowing("languages", _("Language")),
    "organization": Narrowing("organizations", _("Organization"), name=_name_of_organization),
}


@dataclass(frozen=True)
class Selection:
    """What to look for, narrowed how, in which order, on which page."""

    q: str = ""
    chosen: tuple[Chosen, ...] = ()
    sort: str = RELEVANCE
    page: int = 1

    @classmethod
    def of(cls, parameters: QueryDict) -> "Selection":
        """The selection of an address; unknown parameters are ignored.

        Raises BadValue for a sort that there is not and for too much that is chosen, and
        NoSuchPage.
        """
        chosen = tuple(
            dict.fromkeys(
                (name, value) for name in NARROWINGS for value in parameters.getlist(name) if value
            )
        )
        if len(chosen) > MAX_CHOSEN:
            raise BadValue(chosen[-1][0], f"At most {MAX_CHOSEN} values can be chosen.")
        sort = parameters.get("sort") or RELEVANCE
        if sort not in SORTS:
            raise BadValue("sort", f"Must be one of {', '.join(SORTS)}.")
        return cls(parameters.get("q", "").strip(), chosen, sort, _page(parameters.get("page")))

    @property
    def address(self) -> str:
        """The address of this selection, relative to the page it is on."""
        pairs = [("q", self.q)] if self.q else []
        pairs += self.chosen
        if self.sort != RELEVANCE:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return f"?{urlencode(pairs)}" if pairs else "?"

    @cached_property
    def narrows(self) -> bool:
        """Whether anything but everything is asked for."""
        return bool(self.q or self.chosen)

    @property
    def facets(self) -> list[str]:
        """What is chosen, as facets are selected."""
        return [f"{NARROWINGS[name].facet}_exact:{value}" for name, value in self.chosen]

    def has(self, name: str, value: str) -> bool:
        """Whether a value is chosen."""
        return (name, value) in self.chosen

    def with_value(self, name: str, value: str) -> "Selection":
        """The same, narrowed by one more value, from its first page."""
        return replace(self, chosen=(*self.chosen, (name, value)), page=1)

    def without_value(self, name: str, value: str) -> "Selection":
        """The same without a value."""
        kept = tuple(each for each in self.chosen if each != (name, value))
        return replace(self, chosen=kept, page=1)

    def sorted_by(self, sort: str) -> "Selection":
        """The same in another order."""
        return replace(self, sort=sort, page=1)

    def at(self, page: int) -> "Selection":
        """Another page of the same."""
        return replace(self, page=page)


def _page(written: str | None) -> int:
    text = (written or "1").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):
        raise NoSuchPage(text)
    return int(text)
