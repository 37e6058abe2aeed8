"""What the publisher hears of changes."""

from collections.abc import Sequence

from course_discovery.core.changes.consumers import Consumer, register_consumer
from course_discovery.core.changes.models import Change
from course_discovery.publisher.operations.errands.background import look
from course_discovery.publisher.operations.pushing.later import push_organizations_later

CONSUMER = "errands"


def register() -> None:
    """Hear of every change after its commit, and of time when there is none."""
    register_consumer(Consumer(CONSUMER, _handle, idle=look))


def _handle(changes: Sequence[Change]) -> None:
    push_organizations_later(changes)
    look()
