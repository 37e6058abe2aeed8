"""Words that are equal, put into what is searched for.

Staff edit the groups; an edit holds from the next search on, because no index knows of them. They
act on phrases: the `q` of searches and of suggestions. Query strings (the `q` of lists, and stored
ones of catalogs) say exactly what they find, so nothing is added to them.
"""

import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from course_discovery.core.changes.sequence import last_number
from search.models import SynonymGroup

# How many phrases a search asks for at most: each costs as much as the one that was written.
MAX_PHRASES = 16
# Words of a text that are looked at. A longer one is no phrase that anybody has a synonym in.
MAX_WORDS = 50

_WORD = re.compile(r"\w+")

Words = tuple[str, ...]


@dataclass(frozen=True)
class Thesaurus:
    """What equals what: words in lower case, and the texts that may stand for them.

    `longest` is how many words the longest entry has.
    """

    equals: Mapping[Words, Sequence[str]]
    longest: int = 0

    @classmethod
    def of(cls, groups: Iterable[Sequence[str]]) -> "Thesaurus":
        """The thesaurus of groups of equal texts; a text in two groups equals all of both."""
        equals: dict[Words, dict[Words, str]] = {}
        for group in groups:
            texts = {words: text for text in group if (words := words_of(text))}
            for words in texts:
                others = {other: text for other, text in texts.items() if other != words}
                equals.setdefault(words, {}).update(others)
        longest = max(map(len, equals), default=0)
        return cls({words: list(others.values()) for words, others in equals.items()}, longest)

    def phrases(self, written: str) -> list[str]:
        """What was written, then the same with synonyms, those with fewer of them first.

        MAX_PHRASES at most.
        """
        found = {written: None}
        # Texts, and from where on they may still be changed.
        waiting = deque([(written, 0)] if self._is_short(written) else [])
        while waiting:
            for text, since in self._exchanges(*waiting.popleft()):
                if len(found) == MAX_PHRASES:
                    return list(found)
                if text not in found:
                    found[text] = None
                    waiting.append((text, since))
        return list(found)

    def _is_short(self, written: str) -> bool:
        return len(list(islice(_WORD.finditer(written), MAX_WORDS + 1))) <= MAX_WORDS

    def _exchanges(self, text: str, since: int) -> Iterator[tuple[str, int]]:
        """The text with a synonym in one place, and where that ends."""
        places = list(_WORD.finditer(text, since))
        for first in range(len(places)):
            near = places[first : first + self.longest]
            words = tuple(place[0].casefold() for place in near)
            for length in range(len(words), 0, -1):
                start, end = near[0].start(), near[length - 1].end()
                for other in self.equals.get(words[:length], ()):
                    yield text[:start] + other + text[end:], start + len(other)


def words_of(text: str) -> Words:
    """The words of a text, in lower case."""
    return tuple(word.casefold() for word in _WORD.findall(text))


class _Known:
    """The thesaurus as it was when the change log had given `number`."""

    lock = threading.Lock()
    number = -1
    thesaurus = Thesaurus({})


def thesaurus() -> Thesaurus:
    """The groups that are enabled now; read again when anything has changed."""
    number = last_number()
    with _Known.lock:
        if _Known.number != number:
            groups = SynonymGroup.objects.filter(enabled=True)
            _Known.thesaurus = Thesaurus.of([group.listed() for group in groups])
            _Known.number = number
        return _Known.thesaurus


def with_synonyms(written: str, query: Callable[[str], Query]) -> Query:
    """The query of what was written, or of the same with synonyms, whichever fits a hit best."""
    queries = [query(each) for each in thesaurus().phrases(written)]
    return queries[0] if len(queries) == 1 else Q("dis_max", queries=queries)
