"""What people type into a search box (`typeahead` is about what they type meanwhile)."""

import re
from datetime import datetime

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.queries.errors import BadQuery
from search.queries.query_strings import phrase
from search.queries.synonyms import with_synonyms

# People write little; what is longer was pasted, and each word costs.
MAX_LENGTH = 500
MAX_WORDS = 50
# A word of the title says more about a thing than one of its description.
_FIELDS = ("title^4", "key^2", "text")
_FIELD = re.compile(r"\s*[A-Za-z_][\w.]*:=")
_QUOTED = re.compile(r'\s*"([^"]*)"\s*')


def words(written: str, *, now: datetime) -> Query:
    """What a text in a search box stands for: all of its words, wherever they are; synonyms count.

    A text in quotes is a phrase, `field:=text` asks one field. Nothing written asks for
    everything. Raises BadQuery and BadValue.
    """
    if len(written) > MAX_LENGTH:
        raise BadQuery(f"A search may have {MAX_LENGTH} characters", MAX_LENGTH)
    if not written.strip():
        return Q("match_all")
    if _FIELD.match(written):
        return phrase(written, now=now)
    if quoted := _QUOTED.fullmatch(written):
        return phrase(quoted[1], now=now) if quoted[1].strip() else Q("match_all")
    if len(written.split()) > MAX_WORDS:
        raise BadQuery(f"A search may have {MAX_WORDS} words", 0)
    return with_synonyms(written, _all_words)


def _all_words(written: str) -> Query:
    return Q("multi_match", query=written, fields=list(_FIELDS), operator="and")
