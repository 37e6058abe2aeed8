"""Lines of subjects, levels and languages."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import LanguageTag, LevelType, Subject
from course_discovery.course_metadata.operations.language_tag import (
    create_or_update_language_tag,
    language_tag_differs,
)
from course_discovery.course_metadata.operations.level_type import (
    create_or_update_level_type,
    level_type_differs,
)
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.course_metadata.operations.subject import (
    SubjectValues,
    create_or_update_subject,
    subject_differs,
)
from course_discovery.course_metadata.operations.translation import default_text
from course_discovery.loaders.feed.current import numbers_of_current
from course_discovery.loaders.feed.lines import FeedLine
from course_discovery.loaders.report import SourceReport


class SubjectKind:
    """Subjects of the partner."""

    group = 0

    def current(self, partner: Partner, lines: Sequence[FeedLine]) -> set[int]:
        """See `kinds.Kind`."""
        rows = Subject.objects.filter(partner=partner).prefetch_related("translations")
        stored = {fold(row.slug): row for row in rows}
        return numbers_of_current(
            lines,
            lambda line: (
                fold(line.key) in stored
                and not subject_differs(stored[fold(line.key)], _subject_values(line))
            ),
        )

    def write(
        self, partner: Partner, line: FeedLine, report: SourceReport, now: datetime
    ) -> Outcome:
        """See `kinds.Kind`."""
        written = create_or_update_subject(
            partner=partner, slug=line.key, values=_subject_values(line)
        )
        return written.outcome


class LevelKind:
    """Levels, shared by all partners."""

    group = 0

    def current(self, partner: Partner, lines: Sequence[FeedLine]) -> set[int]:
        """See `kinds.Kind`."""
        rows = LevelType.objects.prefetch_related("translations")
        stored = {fold(row.name): row for row in rows}

        def is_current(line: FeedLine) -> bool:
            name = line.values["name"]
            row = stored.get(fold(default_text(name)))
            return row is not None and not level_type_differs(
                row, name, line.values.get("sort_value")
            )

        return numbers_of_current(lines, is_current)

    def write(
        self, partner: Partner, line: FeedLine, report: SourceReport, now: datetime
    ) -> Outcome:
        """See `kinds.Kind`."""
        values = line.values
        written = create_or_update_level_type(
            name=values["name"], sort_value=values.get("sort_value")
        )
        return written.outcome


class LanguageKind:
    """Languages, shared by all partners."""

    group = 0

    def current(self, partner: Partner, lines: Sequence[FeedLine]) -> set[int]:
        """See `kinds.Kind`."""
        rows = LanguageTag.objects.prefetch_related("translations")
        stored = {fold(row.code): row for row in rows}
        return numbers_of_current(
            lines,
            lambda line: (
                fold(line.key) in stored
                and not language_tag_differs(stored[fold(line.key)], line.values["name"])
            ),
        )

    def write(
        self, partner: Partner, line: FeedLine, report: SourceReport, now: datetime
    ) -> Outcome:
        """See `kinds.Kind`."""
        written = create_or_update_language_tag(code=line.key, name=line.values["name"])
        return written.outcome


def _subject_values(line: FeedLine) -> SubjectValues:
    told = {name: value for name, value in line.values.items() if name not in {"kind", "slug"}}
    return cast("SubjectValues", told)
