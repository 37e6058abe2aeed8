"""What makes a hit better than another, beside the words that match.

The numbers are those that clients' rankings have been tuned to; they are added to the score.
"""

from datetime import datetime
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

_SOLD_PROGRAMS = ("MicroBachelors", "MicroMasters", "Professional Certificate")


def boosted(query: Query, now: datetime) -> Query:
    """The query, with its scores raised by what learners can do with a hit now."""
    moment = now.isoformat()
    return Q(
        "function_score",
        query=query,
        functions=[
            # Can be begun at any time.
            _weight(5, Q("term", pacing_type="self_paced")),
            *(_weight(5, Q("term", **{"type.raw": name})) for name in _SOLD_PROGRAMS),
            # Starts about now.
            {
                "gauss": {"start": {"origin": moment, "scale": "30d", "decay": 0.95}},
                "weight": 5,
            },
            # Is under way and can still be bought.
            _weight(10, Q("term", is_current_and_still_upgradeable=True)),
            _weight(15, Q("term", has_enrollable_paid_seats=True) & _open(moment)),
            _weight(
                20,
                Q("exists", field="paid_seat_enrollment_end")
                & Q("range", paid_seat_enrollment_end={"gt": moment}),
            ),
            _weight(2, _enrollable(moment)),
        ],
        boost_mode="sum",
        score_mode="sum",
    )


def _weight(weight: int, query: Query) -> dict[str, Any]:
    return {"filter": query.to_dict(), "weight": weight}


def _open(moment: str) -> Query:
    return ~Q("exists", field="paid_seat_enrollment_end") | Q(
        "range", paid_seat_enrollment_end={"gte": moment}
    )


def _enrollable(moment: str) -> Query:
    begun = ~Q("exists", field="enrollment_start") | Q("range", enrollment_start={"lte": moment})
    not_over = ~Q("exists", field="enrollment_end") | Q("range", enrollment_end={"gt": moment})
    return begun & not_over
