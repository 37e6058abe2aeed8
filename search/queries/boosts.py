"""What makes a hit better than another, beside the words that match.

They act where scores matter: in typeahead, in the explorer, and with `ordering=relevance`. The
numbers are those that clients' rankings have been tuned to. Each is added to the score of the
words, and so are those of several boosts: words say what is meant, boosts what is worth showing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query


@dataclass(frozen=True)
class Boost:
    """What `weight` is added for: `holds`, asked with a moment (ISO 8601); `says` tells people."""

    says: str
    weight: int
    holds: Callable[[str], Query]


@dataclass(frozen=True)
class Decay:
    """What up to `weight` is added for: a date near the moment.

    Documents `scale` away from it get the share `decay` of the weight, by a Gaussian curve. Those
    without the date get the whole of it, as engines do.
    """

    says: str
    weight: int
    field: str
    scale: str
    decay: float


def _type(name: str) -> Callable[[str], Query]:
    return lambda _moment: Q("term", **{"type.raw": name})


def _not_before(field: str, sign: str, moment: str) -> Query:
    """A date that is not there, or comes after the moment (`gt`, `gte`)."""
    return ~Q("exists", field=field) | Q("range", **{field: {sign: moment}})


def _begun(field: str, moment: str) -> Query:
    """A date that is not there, or has come."""
    return ~Q("exists", field=field) | Q("range", **{field: {"lte": moment}})


BOOSTS: tuple[Boost, ...] = (
    # Runs that can be begun at any time.
    Boost("self-paced", 5, lambda _moment: Q("term", pacing_type="self_paced")),
    # Programs that lead on to a degree, or to work. A type counts by its name in the default
    # language; runs have types of the same field, none of these names.
    Boost("MicroBachelors program", 5, _type("MicroBachelors")),
    Boost("MicroMasters program", 5, _type("MicroMasters")),
    Boost("Professional Certificate program", 5, _type("Professional Certificate")),
    # Runs that are under way, and where a certificate can still be bought.
    Boost(
        "under way, and can still be upgraded",
        10,
        lambda _moment: Q("term", is_current_and_still_upgradeable=True),
    ),
    # Runs with a paid seat that takes learners, now or for ever.
    Boost(
        "has paid seats that can be taken",
        15,
        lambda moment: (
            Q("term", has_enrollable_paid_seats=True)
            & _not_before("paid_seat_enrollment_end", "gte", moment)
        ),
    ),
    # Runs whose paid seats close some time, but not yet.
    Boost(
        "paid enrollment closes later",
        20,
        lambda moment: (
            Q("exists", field="paid_seat_enrollment_end")
            & Q("range", paid_seat_enrollment_end={"gt": moment})
        ),
    ),
    # What takes learners now. Courses do if one run begins and one ends so; what tells no dates
    # (programs, people) is always open.
    Boost(
        "open for enrollment",
        2,
        lambda moment: (
            _begun("enrollment_start", moment) & _not_before("enrollment_end", "gt", moment)
        ),
    ),
)
# What starts about now, has just started, or tells no start.
DECAY = Decay("starts about now", 5, "start", "30d", 0.95)


def boosted(query: Query, now: datetime) -> Query:
    """The query, with its scores raised by what learners can do with a hit now."""
    moment = now.isoformat()
    functions: list[dict[str, Any]] = [
        {"filter": boost.holds(moment).to_dict(), "weight": boost.weight} for boost in BOOSTS
    ]
    curve = {"origin": moment, "scale": DECAY.scale, "decay": DECAY.decay}
    functions.append({"gauss": {DECAY.field: curve}, "weight": DECAY.weight})
    return Q("function_score", query=query, functions=functions, boost_mode="sum", score_mode="sum")
