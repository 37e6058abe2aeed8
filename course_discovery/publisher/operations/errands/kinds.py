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


Work = Callable[[], None]


@dataclass(frozen=True)
class ErrandKind:
    """A kind by its name; `label` is translated.

    `prepare` reads what the work needs, as it is then and not as it was when it was called for,
    and answers the work, which uses no database, or None if there is nothing to do any more. Both
    may raise ErrandFailed.
    """

    name: str
    label: Any
    prepare: Callable[[Errand], Work | None]


_kinds: dict[str, ErrandKind] = {}


def register_errand_kind(kind: ErrandKind) -> None:
    """Let errands of this kind be run."""
    _kinds[kind.name] = kind


def errand_kind(name: str) -> ErrandKind | None:
    """The kind of this name, None if nobody registered it."""
    return _kinds.get(name)


def errand_kinds() -> list[ErrandKind]:
    """All kinds."""
    return list(_kinds.values())
