"""Machines that read a word once, a character at a time, and say whether they accept it.

They cannot run back, so a word costs at most as many steps as it has characters, whatever the
pattern.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable
from typing import Generic, TypeVar

State = TypeVar("State", bound=Hashable)


class Automaton(ABC, Generic[State]):
    """Steps are worked out when a word first needs them, and remembered."""

    def __init__(self, start: State) -> None:
        self._start = start
        self._steps: dict[State, dict[str, State | None]] = {}
        self._settled = self.settled()

    @abstractmethod
    def step(self, state: State, character: str) -> State | None:
        """Return the state after a character; None if nothing can be accepted any more."""

    @abstractmethod
    def accepts(self, state: State) -> bool:
        """Whether a word that ends in a state is accepted."""

    def settled(self) -> Collection[State]:
        """Return states in which a word is accepted however it goes on; there may be others."""
        return ()

    @property
    def accepts_all(self) -> bool:
        """Whether every word is accepted."""
        return self._start in self._settled

    def read(self, word: str) -> State | None:
        """Return the state in which a word ends, or is settled; None if it is not accepted."""
        state = self._start
        steps, settled = self._steps, self._settled
        for character in word:
            if state in settled:
                return state
            known = steps.get(state)
            if known is None:
                known = steps[state] = {}
            if character not in known:
                known[character] = self.step(state, character)
            following = known[character]
            if following is None:
                return None
            state = following
        return state if self.accepts(state) else None

    def matches(self, word: str) -> bool:
        """Whether a word is accepted."""
        return self.read(word) is not None
