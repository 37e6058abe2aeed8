"""What each kind of errand does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_discovery.publisher.models import Errand


class ErrandFailed(Exception):
    """An errand that was not run to its end; the text is kept and shown.

    `final`: trying again would not help.
    """

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True)
class ErrandKind:
    """A kind by its name. `label` is translated; `run` raises ErrandFailed, and has no
    transaction open. What it reads from the database it reads itself: things are as they are
    then, not as they were when it was called for.
    """

    name: str
    label: Any
    run: Callable[[Errand], None]


_kinds: dict[str, ErrandKind] = {}


def register_errand_kind(kind: ErrandKind) -> None:
    """Let errands of this kind be run."""
    _kinds[kind.name] = kind


def errand_kind(name: str) -> ErrandKind | None:
    """The kind of this name, None if nobody registered it."""
    return _kinds.get(name)
