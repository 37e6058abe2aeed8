"""What the catalog does with each kind of line."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from course_discovery.core.models import Partner
from course_discovery.course_metadata.operations.running import Outcome
from course_discovery.loaders.feed.course import CourseKind
from course_discovery.loaders.feed.course_run import CourseRunKind
from course_discovery.loaders.feed.curriculum import CurriculumKind
from course_discovery.loaders.feed.lines import FeedLine
from course_discovery.loaders.feed.organization import OrganizationKind
from course_discovery.loaders.feed.pathway import PathwayKind
from course_discovery.loaders.feed.person import PersonKind
from course_discovery.loaders.feed.program import DegreeKind, ProgramKind
from course_discovery.loaders.feed.vocabulary import LanguageKind, LevelKind, SubjectKind
from course_discovery.loaders.report import SourceReport


class Kind(Protocol):
    """One kind of line; kinds of a lower `group` are written before those that refer to them."""

    group: int

    def current(self, partner: Partner, lines: Sequence[FeedLine]) -> set[int]:
        """Numbers of those lines whose content is known to be stored; a few queries for all.

        Lines that are not among them are written, and that may find that nothing differs.
        """

    def write(
        self, partner: Partner, line: FeedLine, report: SourceReport, now: datetime
    ) -> Outcome:
        """Write one line in one operation. Raises Refusal."""


GROUPS = 6


def all_kinds() -> Mapping[str, Kind]:
    """Every kind by its name in the feed."""
    return {
        "organization": OrganizationKind(),
        "subject": SubjectKind(),
        "level": LevelKind(),
        "language": LanguageKind(),
        "person": PersonKind(),
        "course": CourseKind(),
        "course_run": CourseRunKind(),
        "program": ProgramKind(),
        "degree": DegreeKind(),
        "curriculum": CurriculumKind(),
        "pathway": PathwayKind(),
    }
