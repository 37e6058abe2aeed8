"""Suggestions for somebody who is still typing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.documents.kinds import COURSE_RUN, PROGRAM, Kind
from search.engine.embedded.analysis.word_breaks import words
from search.queries.asking import ask
from search.queries.boosts import boosted
from search.queries.criteria import unrestricted
from search.queries.errors import BadValue
from search.queries.page import SHOWN, Hit
from search.queries.synonyms import with_synonyms
from search.queries.values import lowered

SUGGESTIONS = 3
# With all their synonyms, so many words stay below the clauses that servers allow (1,024).
MAX_WORDS = 20
# As many hits are looked at before those of things that were suggested already are left out.
_LOOKED_AT = 30
# The lengths of the beginnings that the index holds.
_SHORTEST, _LONGEST = 2, 22
_BEGUN = ("title.edge_ngram_completion", "authoring_organizations.edge_ngram_completion")


def suggested_runs(written: str, *, partner: str, now: datetime) -> list[Hit]:
    """The best runs for what was written so far, of different courses.

    They are the partner's, published, neither hidden nor restricted. Raises BadValue for more
    than MAX_WORDS words, and SearchUnavailable.
    """
    return _suggested(COURSE_RUN, written, partner, now)


def suggested_programs(written: str, *, partner: str, now: datetime) -> list[Hit]:
    """The best programs for what was written so far: the partner's, active and not hidden.

    Raises BadValue for more than MAX_WORDS words, and SearchUnavailable.
    """
    return _suggested(PROGRAM, written, partner, now)


def begun(written: str) -> Query | None:
    """Titles and organizations with words that begin like those written; or the key as a whole.

    Synonyms count. A single letter begins too much: it has to be a word of the title. None if
    nothing but such was written. Raises BadValue for more than MAX_WORDS words.
    """
    found = words(written)
    if len(found) > MAX_WORDS:
        raise BadValue("q", f"At most {MAX_WORDS} words.")
    if all(len(word) < _SHORTEST for word in found):
        return None
    in_titles = with_synonyms(written, _all_begun)
    return Q("dis_max", queries=[in_titles, Q("match_phrase", key={"query": written, "boost": 2})])


def _all_begun(written: str) -> Query:
    found = words(written.lower())
    return Q(
        "bool",
        must=[_beginning(word) for word in found if len(word) >= _SHORTEST],
        should=[Q("match", title=word) for word in found if len(word) < _SHORTEST],
    )


def _beginning(word: str) -> Query:
    # The index holds the beginnings; a whole word that was bent otherwise is found by its stem.
    beginning = word[:_LONGEST]
    return Q(
        "dis_max",
        queries=[
            *(Q("term", **{field: beginning}) for field in _BEGUN),
            Q("match", title={"query": word, "operator": "and"}),
        ],
    )


def _suggested(kind: Kind, written: str, partner: str, now: datetime) -> list[Hit]:
    query = begun(written)
    if query is None:
        return []
    found: dict[str, Hit] = {}
    # Each round leaves out what the rounds before have found, and so finds something new.
    for _round in range(SUGGESTIONS):
        hits = _hits(kind, query, partner, now, list(found))
        for hit in hits:
            found.setdefault(hit.source["aggregation_key"], hit)
        if len(hits) < _LOOKED_AT or len(found) >= SUGGESTIONS:
            break
    return list(found.values())[:SUGGESTIONS]


def _hits(kind: Kind, query: Query, partner: str, now: datetime, but: Sequence[str]) -> list[Hit]:
    """The best hits, without those of these aggregation keys."""
    conditions: list[Any] = [
        Q("term", published=True),
        ~Q("term", hidden=True),
        Q("term", **{"partner.lower": lowered(partner)}),
        unrestricted(frozenset()),
    ]
    if but:
        conditions.append(~Q("terms", aggregation_key=list(but)))
    wanted = Q("bool", must=[query], filter=conditions)
    search = (
        Search()
        .query(boosted(wanted, now))
        .sort({"_score": {"order": "desc"}}, "aggregation_uuid")
        .source([*SHOWN, "authoring_organizations"])[:_LOOKED_AT]
    )
    hits = ask([kind], search, purpose="typeahead")["hits"]["hits"]
    return [Hit(hit["_source"], hit["sort"]) for hit in hits]
