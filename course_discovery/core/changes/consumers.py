"""Who hears of changes: the registry of the change log's readers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from course_discovery.core.changes.models import Change

Handler = Callable[[Sequence[Change]], None]


@dataclass(frozen=True)
class Consumer:
    """A reader of the log. `handle` gets entries in order, at least once, and must be idempotent.

    `batch` bounds how many entries one call gets, and so how long the drain goes without a
    heartbeat. `idle`, if given, is called when there is nothing new: what only time changes.
    """

    name: str
    handle: Handler
    batch: int = 200
    idle: Callable[[], None] | None = None


_consumers: dict[str, Consumer] = {}


def register_consumer(consumer: Consumer) -> None:
    """Add a reader. It is handed the log from its beginning, as far back as that was kept."""
    _consumers[consumer.name] = consumer


def consumers() -> list[Consumer]:
    """All readers, in order of registration."""
    return list(_consumers.values())
