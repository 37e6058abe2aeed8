"""Who hears of changes: the registry of the change log's readers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from course_discovery.core.changes.models import Change

Handler = Callable[[Sequence[Change]], None]


@dataclass(frozen=True)
class Consumer:
    """A reader of the log. `handle` gets entries in order, at least once, and must be idempotent.

    `batch` bounds how many entries one call gets. A call should last less than the lease (one
    second): a slower one may overlap with a call in another process, so what it writes must come
    from rows that it read itself. `idle`, if given, is called when there is nothing new, about
    twice a second: what only time changes. If it answers True it has more to do, and is called
    again at once.
    """

    name: str
    handle: Handler
    batch: int = 200
    idle: Callable[[], bool | None] | None = None


_consumers: dict[str, Consumer] = {}


def register_consumer(consumer: Consumer) -> None:
    """Add a reader. It is handed the log from its beginning, as far back as that was kept."""
    _consumers[consumer.name] = consumer


def consumers() -> list[Consumer]:
    """All readers, in order of registration."""
    return list(_consumers.values())
