"""What the sample platform offers: courses, runs and their modes, and what only the feed tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

Texts = str | Mapping[str, str]  # plain, or by language code
FeedLine = Mapping[str, Any]  # a line of the feed, without its kind


@dataclass(frozen=True)
class Organization:
    key: str
    name: str
    color: str  # six hex digits
    details: Mapping[str, Any]  # further keys of its feed line


@dataclass(frozen=True)
class Subject:
    slug: str
    name: Texts
    subtitle: Texts
    description: Texts


@dataclass(frozen=True)
class Level:
    name: Texts
    sort_value: int


@dataclass(frozen=True)
class Language:
    code: str
    name: Texts


@dataclass(frozen=True)
class Mode:
    """One way to enroll in a run, with its price in whole units of the currency."""

    slug: str
    name: str
    price: int
    currency: str
    expires: datetime | None = None
    sku: str | None = None
    bulk_sku: str | None = None
    credit_provider: str | None = None
    credit_hours: int | None = None


@dataclass(frozen=True)
class Run:
    """One course run; `start` is None while its authors have set none."""

    key: str
    name: str
    organization: str  # as the platform shows it, not always as the key has it
    number: str
    start: datetime | None
    end: datetime | None
    enrollment_start: datetime | None
    enrollment_end: datetime | None
    advertised_start: str | None
    pacing: str  # "instructor" or "self"
    short_description: str | None
    effort: str | None
    video: str | None
    hidden: bool
    invitation_only: bool
    mobile_available: bool
    modes: tuple[Mode, ...]
    details: Mapping[str, Any]  # what no platform tells: further keys of its feed line

    @property
    def key_organization(self) -> str:
        """The organization that its key names."""
        return self.key.removeprefix("course-v1:").replace("/", "+").split("+")[0]

    @property
    def is_old_style(self) -> bool:
        """Whether its key has the form ORG/NUMBER/RUN."""
        return "/" in self.key

    def has_ended(self, now: datetime) -> bool:
        """Whether its end has passed; a run without an end never ends."""
        return self.end is not None and self.end < now


@dataclass(frozen=True)
class Course:
    key: str
    title: str
    color: str  # of its picture, six hex digits
    in_lms: bool  # False: only the feed knows it
    details: Mapping[str, Any]  # further keys of its feed line
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Catalog:
    organizations: tuple[Organization, ...]
    subjects: tuple[Subject, ...]
    levels: tuple[Level, ...]
    languages: tuple[Language, ...]
    courses: tuple[Course, ...]
    people: tuple[FeedLine, ...] = ()
    programs: tuple[FeedLine, ...] = ()
    degrees: tuple[FeedLine, ...] = ()
    curricula: tuple[FeedLine, ...] = ()
    pathways: tuple[FeedLine, ...] = ()

    @cached_property
    def lms_runs(self) -> tuple[Run, ...]:
        """The runs that the platform itself knows, ordered by key."""
        runs = (run for course in self.courses if course.in_lms for run in course.runs)
        return tuple(sorted(runs, key=lambda run: run.key))

    @cached_property
    def lms_runs_by_key(self) -> Mapping[str, Run]:
        return {run.key: run for run in self.lms_runs}

    @cached_property
    def colors(self) -> Mapping[str, str]:
        """The color of every picture by the key of its course or run."""
        return dict(self._colors())

    def _colors(self) -> Iterator[tuple[str, str]]:
        for course in self.courses:
            yield course.key, course.color
            for run in course.runs:
                yield run.key, course.color
