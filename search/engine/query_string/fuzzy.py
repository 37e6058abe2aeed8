"""Words that differ from one by few edits: a character more, less, another, or two exchanged."""

from typing import NamedTuple

from search.engine.query_string.automaton import Automaton

MAX_EXPANSIONS = 50


class Place(NamedTuple):
    """So much of the word was read with so many edits.

    `is_exchanging` is so between the two characters that change places.
    """

    read: int
    edits: int
    is_exchanging: bool = False


Places = frozenset[Place]


class FuzzyWord(Automaton[Places]):
    """Accepts words at most `edits` edits from one."""

    def __init__(self, word: str, edits: int) -> None:
        super().__init__(frozenset((Place(0, 0),)))
        self._word = word
        self._edits = edits

    def step(self, state: Places, character: str) -> Places | None:
        """Return where the word may be after a character; None if it is too far away."""
        found: set[Place] = set()
        for place in state:
            found |= self._after(place, character)
        return frozenset(found) or None

    def accepts(self, state: Places) -> bool:
        """Whether what is left of the word may be missing."""
        return self.distance(state) <= self._edits

    def distance(self, state: Places) -> int:
        """Return the edits at the end of an accepted word."""
        rest = len(self._word)
        return min(
            (place.edits + rest - place.read for place in state if not place.is_exchanging),
            default=self._edits + 1,
        )

    def nearest(self, words: set[str]) -> frozenset[str]:
        """Return the MAX_EXPANSIONS words that are most alike, and of equals the first by name."""
        alike = []
        for word in words:
            state = self.read(word)
            if state is not None:
                shorter = min(len(word), len(self._word))
                alike.append((self.distance(state) / max(shorter, 1), word))
        return frozenset(word for _, word in sorted(alike)[:MAX_EXPANSIONS])

    def _after(self, place: Place, character: str) -> set[Place]:
        word, (read, edits, is_exchanging) = self._word, place
        if is_exchanging:
            return {Place(read + 2, edits)} if word[read] == character else set()
        found = set()
        if word[read : read + 1] == character:
            found.add(Place(read + 1, edits))
        left = self._edits - edits
        if left:
            found |= {Place(read, edits + 1)}
            if read < len(word):
                found |= {Place(read + 1, edits + 1)}
            if word[read + 1 : read + 2] == character:
                found |= {Place(read, edits + 1, True)}
        for skipped in range(1, left + 1):
            if word[read + skipped : read + skipped + 1] == character:
                found.add(Place(read + skipped + 1, edits + skipped))
        return found


def edits_for(word: str) -> int:
    """Return how many edits a word of this length may have, if nobody says."""
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2
