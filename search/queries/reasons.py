"""Why hits were found, and what stands for each of them, in plain words.

The engine is asked in whole queries which hits a field or a boost holds for, so the words are the
same whoever answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, log
from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.queries.asking import Answer, ask_many
from search.queries.boosts import BOOSTS, DECAY, Boost
from search.queries.criteria import Criteria
from search.queries.errors import BadQuery
from search.queries.page import Hit
from search.queries.query_strings import phrase_by_field


@dataclass(frozen=True)
class Reasons:
    """What stands for a hit: the fields that have the words, and what is added to its score.

    `share` is how much of DECAY's weight it gets, from 0 to 1.
    """

    fields: tuple[str, ...]
    boosts: tuple[Boost, ...]
    share: float

    @property
    def said(self) -> list[str]:
        """The same as sentences."""
        found = f"The words are in: {', '.join(self.fields)}." if self.fields else "No words count."
        added = [f"+{boost.weight}: {boost.says}." for boost in self.boosts]
        near = DECAY.weight * self.share
        return [found, *added, f"+{near:.1f} of {DECAY.weight}: {DECAY.says}."]


def reasons_of(criteria: Criteria, hits: Sequence[Hit], written: str) -> dict[str, Reasons]:
    """The reasons of hits by their uuids; `written` is the `q` of the search. One request.

    Raises BadQuery, BadValue and SearchUnavailable.
    """
    moment = criteria.now.isoformat()
    fields = phrase_by_field(written, now=criteria.now) if written.strip() else {}
    boosts = {str(number): boost.holds(moment) for number, boost in enumerate(BOOSTS)}
    uuids = [str(hit.source["uuid"]) for hit in hits]
    if not uuids:
        return {}
    asked = [_among(query, uuids) for query in (*fields.values(), *boosts.values())]
    dates = _among(Q("match_all"), uuids).source([DECAY.field])
    *answers, dated = [_answered(each) for each in ask_many(
        [(criteria.kinds, search) for search in (*asked, dates)]
    )]  # fmt: skip
    found = [{hit["_id"] for hit in answer["hits"]["hits"]} for answer in answers]
    of_fields, of_boosts = found[: len(fields)], found[len(fields) :]
    starts = {hit["_id"]: _dates(hit["_source"]) for hit in dated["hits"]["hits"]}
    return {
        uuid: Reasons(
            tuple(name for name, have in zip(fields, of_fields, strict=True) if uuid in have),
            tuple(each for each, have in zip(BOOSTS, of_boosts, strict=True) if uuid in have),
            share(starts.get(uuid, []), criteria.now),
        )
        for uuid in uuids
    }


def share(dates: Sequence[datetime], now: datetime) -> float:
    """The share of DECAY's weight for something with these dates: that of the nearest one."""
    if not dates:
        return 1.0
    scale = timedelta(days=int(DECAY.scale.removesuffix("d")))
    distance = min(abs(each - now) for each in dates)
    return exp(log(DECAY.decay) * (distance / scale) ** 2)


def _among(query: Query, uuids: Sequence[str]) -> Search[Any]:
    wanted = Q("bool", filter=[query, Q("ids", values=list(uuids))])
    return Search().query(wanted).source(False)[: len(uuids)]


def _answered(answer: Answer | BadQuery) -> Answer:
    if isinstance(answer, BadQuery):
        raise answer
    return answer


def _dates(source: Mapping[str, Any]) -> list[datetime]:
    told = source.get(DECAY.field) or []
    texts = told if isinstance(told, list) else [told]
    return [_aware(datetime.fromisoformat(text)) for text in texts]


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
