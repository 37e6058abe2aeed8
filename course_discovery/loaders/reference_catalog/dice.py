"""Chance that can be repeated."""

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

Thing = TypeVar("Thing")


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_WORDS = _split(
    """
    analysis applied art atom bridge calculus cell century change city climate code community
    compute culture data design development dynamics ecology economy energy engineering
    environment equation ethics evolution field finance force function future gene global
    growth health history human idea image industry innovation language law learning life
    light logic machine management market mathematics matter measure mechanics memory method
    mind model molecule motion music nature network number ocean optics organism paper pattern
    people philosophy physics planet policy power practice principle probability process
    program proof quantum reason research risk robot science signal society software sound
    space species statistics strategy structure study system technology theory thermodynamics
    thought time tissue trade universe value vision water wave wind work world
    """
)
_GIVEN = _split(
    """
    Ada Amara Ana Bao Carlos Chen Dalia Elif Emeka Fatima Goran Hana Ines Ivan Jun Kofi Lena
    Luca Mai Malik Nadia Noah Olga Pablo Priya Rosa Sami Tara Uma Yusuf
    """
)
_FAMILY = _split(
    """
    Abara Berg Castro Diallo Eriksen Fischer Garcia Haddad Ito Jensen Kaya Lopez Mbeki Novak
    Okafor Patel Quist Rossi Silva Tanaka Ueda Vargas Weber Xu Yilmaz Zhang
    """
)


class Dice:
    """What is drawn depends on the seed and on the order of the calls alone."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.now = now
        # For test data, not for secrets.
        self._random = random.Random(seed)  # nosec B311

    def uuid(self) -> uuid.UUID:
        """A uuid of version 4."""
        return uuid.UUID(int=self._random.getrandbits(128), version=4)

    def happens(self, share: float) -> bool:
        """True in a `share` of all calls."""
        return self._random.random() < share

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(least, most)

    def one(self, things: Sequence[Thing]) -> Thing:
        """One of the things."""
        return self._random.choice(things)

    def some(self, things: Sequence[Thing], least: int, most: int) -> list[Thing]:
        """Different ones of the things, as many as there are at most."""
        return self._random.sample(things, min(len(things), self.number(least, most)))

    def title(self, words: int = 4) -> str:
        """A few words with a capital."""
        return " ".join(self._random.choices(_WORDS, k=words)).capitalize()

    def sentence(self) -> str:
        """A sentence of about 60 characters."""
        return self.title(self.number(6, 10)) + "."

    def html(self, characters: int) -> str:
        """Paragraphs of about as many characters."""
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < characters:
            text = " ".join(self.sentence() for _ in range(5))
            paragraphs.append(f"<p>{text}</p>")
        return "".join(paragraphs)

    def name(self) -> tuple[str, str]:
        """A given and a family name."""
        return self.one(_GIVEN), self.one(_FAMILY)

    def moment(self, first_day: int, last_day: int) -> datetime:
        """A moment, in days from now."""
        minutes = self.number(first_day * 1440, last_day * 1440)
        return (self.now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
