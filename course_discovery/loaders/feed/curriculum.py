"""Lines of curricula. They come after all programs, because they may hold programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.curriculum import (
    CurriculumValues,
    create_or_update_curriculum,
)
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.loaders.feed import values
from course_discovery.loaders.feed.lines import FeedLine
from course_discovery.loaders.report import SourceReport

_NOT_VALUES = {"kind", "uuid"}


class CurriculumKind:
    """Curricula of degrees and other programs."""

    group = 5

    def current(self, partner: Partner, lines: Sequence[FeedLine]) -> set[int]:
        """See `kinds.Kind`."""
        return set()

    def write(
        self, partner: Partner, line: FeedLine, report: SourceReport, now: datetime
    ) -> Outcome:
        """See `kinds.Kind`."""
        written = create_or_update_curriculum(
            partner=partner,
            uuid=values.uuid(line.values),
            values=cast("CurriculumValues", values.without(line.values, _NOT_VALUES)),
            now=now,
        )
        return written.outcome
