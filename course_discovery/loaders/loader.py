"""What a loader is."""

from datetime import datetime
from typing import Protocol

from course_discovery.core.models import Partner
from course_discovery.loaders.report import SourceReport


class Progress(Protocol):
    """Told by a loader now and then, for a person who waits."""

    def __call__(self, done: int, total: int | None) -> None:
        """`done` rows are handled, of about `total` (None = unknown)."""


class Loader(Protocol):
    """Loads one source of a partner.

    `name` is unique, `stage` orders loaders (1 = courses and runs, 2 = what completes them, 3 =
    figures about them), `origin` is what the change log says (at most 16 characters).
    """

    name: str
    stage: int
    origin: str

    def configured(self, partner: Partner) -> bool:
        """Whether the partner has this source."""

    def load(
        self, partner: Partner, report: SourceReport, now: datetime, progress: Progress
    ) -> None:
        """Read the source and write what differs. May be killed at any moment and run again.

        Raises a `ClientError` when the source cannot be read to its end; what was read before
        counts. Rows that cannot be taken go to `report.refuse`.
        """
