"""The table `roles.txt`: persons by verbs by fields by states, read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_discovery.publisher.tests.persons import PERSONS

TABLE = Path(__file__).with_name("roles.txt")
OPEN = ("unpublished", "reviewed", "published", "archived")
REVIEW = ("legal", "internal")
EDITED = (*OPEN, *REVIEW)
STATES = (*EDITED, "orphaned")
ANY = "-"
_SHORT = {
    "all": STATES, "edited": EDITED, "open": OPEN, "review": REVIEW,
    "official": ("reviewed", "published", "archived"),
}  # fmt: skip
# Internal users, for whom the mode makes a difference.
INTERNAL = ("erin", "connie", "sam", "paula")


@dataclass(frozen=True)
class Act:
    """Something that a person may want to do; `fields` says with what part of the object."""

    object: str
    verb: str
    fields: str

    def __str__(self) -> str:
        return f"{self.object} {self.verb} {self.fields}"


@dataclass(frozen=True)
class Row:
    """A row of the table as it is written."""

    act: Act
    states: str
    cells: tuple[str, ...]

    @property
    def states_meant(self) -> tuple[str, ...]:
        """The states one by one."""
        named = self.states.split(",")
        return tuple(state for name in named for state in _SHORT.get(name, (name,)))


@dataclass(frozen=True)
class Cell:
    """What a person gets who tries an act, in one mode. `changes`: whether that does something."""

    person: str
    restricted: bool
    status: int
    changes: bool

    def __str__(self) -> str:
        return f"{self.person}{' restricted' if self.restricted else ''}"


def rows() -> list[Row]:
    """The table."""
    lines = [
        line.split()
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    assert lines[0][4:] == list(PERSONS)
    return [Row(Act(*line[:3]), line[3], tuple(line[4:])) for line in lines[1:]]


def rows_of(kind: str, state: str) -> list[Row]:
    """What the table has of a kind of object in a state."""
    return [row for row in rows() if row.act.object == kind and state in row.states_meant]


def cells(row: Row, *, restricted: bool) -> Iterator[Cell]:
    """The cells of a row; in the restricted mode those of internal users."""
    for person, said in zip(PERSONS, row.cells, strict=True):
        if restricted and person not in INTERNAL:
            continue
        told = said.split("/")[-1 if restricted else 0]
        status = int(told.lstrip("="))
        yield Cell(person, restricted, status, status < 300 and not told.startswith("="))
