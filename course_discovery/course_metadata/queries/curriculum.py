"""How far the curricula of programs are followed."""

from collections.abc import Sequence
from typing import TypeVar

Name = TypeVar("Name")

# Programs inside programs that a reader is shown; what these hold is left to their own answers.
LEVELS = 2


def programs_to_show(path: Sequence[Name], members: Sequence[Name]) -> list[Name]:
    """Those of a curriculum's programs that are shown where the curriculum is.

    `path` leads there: the program that is read, the one inside it, ..., the one whose curriculum
    it is. No program is shown inside itself.
    """
    if len(path) > LEVELS:
        return []
    return [member for member in members if member not in path]
