"""Lines of programs, and of degrees, which are programs too."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.degree import (
    DegreeValues,
    create_or_update_degree,
)
from course_discovery.course_metadata.operations.program import create_or_update_program
from course_discovery.course_metadata.operations.program_values import ProgramValues
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.loaders.feed import values
from course_discovery.loaders.feed.lines import FeedLine
from course_discovery.loaders.report import SourceReport

_NOT_VALUES = {"kind", "uuid", "marketing_slug"}


class ProgramKind:
    """Programs of the partner."""

    group = 4

    def current(self, partner: Partner, lines: Sequence[FeedLine]) -> set[int]:
        """See `kinds.Kind`."""
        return set()

    def write(
        self, partner: Partner, line: FeedLine, report: SourceReport, now: datetime
    ) -> Outcome:
        """See `kinds.Kind`."""
        written = create_or_update_program(
            partner=partner,
            uuid=values.uuid(line.values),
            marketing_slug=line.values.get("marketing_slug"),
            values=cast("ProgramValues", _values(line)),
            now=now,
        )
        return written.outcome


class DegreeKind:
    """Degrees of the partner; their curricula have lines of their own."""

    group = 4

    def current(self, partner: Partner, lines: Sequence[FeedLine]) -> set[int]:
        """See `kinds.Kind`."""
        return set()

    def write(
        self, partner: Partner, line: FeedLine, report: SourceReport, now: datetime
    ) -> Outcome:
        """See `kinds.Kind`."""
        written = create_or_update_degree(
            partner=partner,
            uuid=values.uuid(line.values),
            marketing_slug=line.values.get("marketing_slug"),
            values=cast("DegreeValues", _values(line)),
            now=now,
        )
        return written.outcome


def _values(line: FeedLine) -> dict[str, Any]:
    told = values.without(line.values, _NOT_VALUES)
    if "video" in told:
        told["video"] = values.video(told["video"])
    return told
