"""Lines of organizations."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.operations.organization import (
    OrganizationValues,
    create_or_update_organization,
    organization_differs,
)
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.loaders.feed.current import numbers_of_current
from course_discovery.loaders.feed.lines import FeedLine
from course_discovery.loaders.report import SourceReport

_NOT_VALUES = {"kind", "key", "logo_image_url"}


class OrganizationKind:
    """Organizations; their logos are fetched apart, because no transaction waits for a network."""

    group = 0

    def current(self, partner: Partner, lines: Sequence[FeedLine]) -> set[int]:
        """See `kinds.Kind`."""
        keys = [fold(line.key) for line in lines]
        rows = Organization.objects.filter(partner=partner, key_folded__in=keys)
        stored = {row.key_folded: row for row in rows}
        return numbers_of_current(
            lines,
            lambda line: (
                fold(line.key) in stored
                and not organization_differs(stored[fold(line.key)], _values(line))
            ),
        )

    def write(
        self, partner: Partner, line: FeedLine, report: SourceReport, now: datetime
    ) -> Outcome:
        """See `kinds.Kind`."""
        written = create_or_update_organization(
            partner=partner, key=line.key, values=_values(line), now=now
        )
        return written.outcome


def _values(line: FeedLine) -> OrganizationValues:
    told = {name: value for name, value in line.values.items() if name not in _NOT_VALUES}
    return cast("OrganizationValues", told)
