"""The groups of search addresses: what each of them searches, and what it knows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.documents.kinds import COURSE, COURSE_RUN, PERSON, PROGRAM, Kind
from search.queries.filters import Parameters
from search.queries.kinds import LIMITED as LIMITED_KINDS
from search.queries.kinds import kinds_of_all

_OF_EVERYTHING = (
    "content_type", "course_type", "enterprise_subscription_inclusion",
    "external_course_marketing_type", "product_source", "first_enrollable_paid_seat_price",
    "active", "language", "level_type", "mobile_available", "organizations", "pacing_type",
    "seat_types", "subjects", "status", "transcript_languages", "type",
)  # fmt: skip


@dataclass(frozen=True)
class Family:
    """One group of addresses: `name` in the path, `what` is found there.

    `kinds` tells by a request's parameters which kinds are searched. `facets` are counted beside
    the hits, and with `dated` also what can be taken up when; `open_to_all`: what is counted is
    published and not hidden. `filtered` takes filters beside `q`, `own` is limited to the site's
    partner in a GET that names none, `whole` says whether rows are whole or have a few keys and
    keep the order of hits. `name_of_one` is what single documents are asked by.
    """

    name: str
    what: str
    kinds: Callable[[Parameters], Sequence[Kind]]
    facets: Sequence[str]
    dated: bool = False
    open_to_all: bool = True
    filtered: bool = False
    own: bool = False
    whole: bool = True
    name_of_one: str = "uuid"

    @property
    def has_pathways(self) -> bool:
        """Whether learner pathways can be found."""
        return self.kinds is kinds_of_all


def _only(kind: Kind) -> Callable[[Parameters], Sequence[Kind]]:
    return lambda parameters: (kind,)


ALL = Family("all", "everything", kinds_of_all, _OF_EVERYTHING, dated=True, filtered=True, own=True)
LIMITED = Family(
    "limited", "courses, runs and programs in brief", lambda parameters: LIMITED_KINDS,
    _OF_EVERYTHING, dated=True, filtered=True, whole=False,
)  # fmt: skip
COURSES = Family(
    "courses", "courses", _only(COURSE),
    ("level_type", "organizations", "subjects", "prerequisites"), name_of_one="key",
)  # fmt: skip
COURSE_RUNS = Family(
    "course_runs", "course runs", _only(COURSE_RUN),
    (
        "language", "level_type", "mobile_available", "organizations", "pacing_type",
        "first_enrollable_paid_seat_price", "seat_types", "subjects", "transcript_languages",
        "content_type", "active",
    ),
    dated=True, name_of_one="key",
)  # fmt: skip
PROGRAMS = Family("programs", "programs", _only(PROGRAM), ("type", "status", "seat_types"))
PEOPLE = Family("people", "people", _only(PERSON), ("organizations",), open_to_all=False)
FAMILIES = (ALL, LIMITED, COURSES, COURSE_RUNS, PROGRAMS, PEOPLE)
