"""What course teams may tell of a run, under the names that the API has for it."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, TypedDict

import waffle
from django.utils.translation import gettext as _

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import (
    CourseRun,
    CourseRunType,
    LanguageTag,
    Person,
    RestrictedCourseRun,
)
from course_discovery.course_metadata.models.restricted_course_run import RestrictionType
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.planned_offer import UNCHANGED, Unchanged
from course_discovery.course_metadata.operations.references import (
    UnknownReference,
    language_tagged,
    people_named,
    program_type_named,
)
from course_discovery.course_metadata.operations.video import VideoValues, video_differs
from course_discovery.publisher.operations.course_run.refusals import (
    BadFields,
    UnknownRestriction,
)
from course_discovery.publisher.roles import may_set_upgrade_deadline

VARIANT_SWITCH = "course_metadata.is_course_run_variant_id_editable"
# Columns that change without a new review.
EXEMPT = frozenset(
    {
        "start", "end", "go_live_date", "min_effort", "max_effort", "weeks_to_complete", "language",
        "pacing_type",
    }
)  # fmt: skip
# Texts of the course that a run may replace, by the columns of both.
_OVERRIDES = ("title", "short_description", "full_description", "outcome")
_PLAIN = frozenset(
    {
        "external_key", "fixed_price_usd", "start", "end", "go_live_date", "enrollment_start",
        "enrollment_end", "weeks_to_complete", "pacing_type", "variant_id", "announcement",
        "license", "min_effort", "max_effort", "mobile_available", "hidden", "reporting_type",
        "eligible_for_financial_aid", "expected_program_name",
    }
)  # fmt: skip


class CourseRunTexts(TypedDict, total=False):
    """What may be told; what is not there stays. `None` clears."""

    title: str | None
    short_description: str | None
    full_description: str | None
    outcome: str | None
    external_key: str | None
    fixed_price_usd: Decimal | None
    start: datetime | None
    end: datetime | None
    go_live_date: datetime | None
    enrollment_start: datetime | None
    enrollment_end: datetime | None
    announcement: datetime | None
    weeks_to_complete: int | None
    min_effort: int | None
    max_effort: int | None
    pacing_type: str | None
    variant_id: uuid.UUID | None
    license: str
    mobile_available: bool
    hidden: bool
    reporting_type: str
    eligible_for_financial_aid: bool
    expected_program_name: str
    expected_program_type: str | None
    run_type: uuid.UUID
    content_language: str | None
    transcript_languages: Sequence[str]
    staff: Sequence[uuid.UUID]
    video: VideoValues | None


@dataclass(frozen=True, kw_only=True)
class ToldRun:
    """All that somebody tells of a run at once.

    `prices` are those of seats, by the slug of their type. A `restriction_type` of None or ''
    lifts the restriction. `submitted`: what the draft says is to become official.
    """

    values: CourseRunTexts = field(default_factory=lambda: CourseRunTexts())
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    restriction_type: str | Unchanged | None = UNCHANGED
    upgrade_deadline_override: datetime | Unchanged | None = UNCHANGED
    submitted: bool = False


def tellable(told: ToldRun, by: Any) -> ToldRun:
    """What of it the person may tell; nothing is made of the rest."""
    return (
        told if may_set_upgrade_deadline(by) else replace(told, upgrade_deadline_override=UNCHANGED)
    )


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is told of a run, as the catalog keeps it. None = not told, but for `video`."""

    columns: Mapping[str, Any]
    staff: Sequence[Person] | None = None
    transcript_languages: Sequence[LanguageTag] | None = None
    video: VideoValues | Unchanged | None = UNCHANGED


def wanted(run: CourseRun, told: ToldRun, *, created: bool = False) -> Wanted:
    """What is told of the run row, or of a new run that `run` will be. Raises BadFields.

    A text that the run shows already is not told: its course's stays its course's.
    """
    values: Mapping[str, Any] = told.values
    columns = {name: values[name] for name in values.keys() & _PLAIN}
    if not created and not waffle.switch_is_active(VARIANT_SWITCH):
        columns.pop("variant_id", None)
    columns = _fitted(columns) | _overrides(run, values)
    for name, (column, read) in _REFERENCES.items():
        if name in values:
            columns[column] = _named(name, read, values[name])
    people = values.get("staff")
    tags = values.get("transcript_languages")
    partner = run.course.partner
    _check(run, columns)
    return Wanted(
        columns=columns,
        staff=None if people is None else _named("staff", partial(people_named, partner), people),
        transcript_languages=None if tags is None else _named("transcript_languages", _tags, tags),
        video=values.get("video", UNCHANGED),
    )


def reviewed_change(run: CourseRun, wanted: Wanted) -> bool:
    """Whether anything that is reviewed differs from what the run row says."""
    if any(
        getattr(run, name) != value for name, value in wanted.columns.items() if name not in EXEMPT
    ):
        return True
    return wanted.video is not UNCHANGED and video_differs(run.video, wanted.video)


def check_restriction(restriction_type: str | Unchanged | None) -> None:
    """Raises UnknownRestriction."""
    known = (UNCHANGED, None, "", *RestrictionType.values)
    if restriction_type not in known:
        raise UnknownRestriction
    if isinstance(restriction_type, str) and restriction_type:
        fitting(RestrictedCourseRun, {"restriction_type": restriction_type})


def _fitted(columns: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    bad: dict[str, list[str]] = {}
    for name, value in columns.items():
        try:
            found |= fitting(CourseRun, {name: value})
        except UnfitValue as error:
            bad[name] = [str(error).partition(": ")[2]]
    if bad:
        raise BadFields(bad)
    return found


def _overrides(run: CourseRun, values: Mapping[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name in _OVERRIDES:
        if name not in values:
            continue
        column = f"{name}_override"
        try:
            told = fitting(CourseRun, {column: values[name] or None})[column]
        except UnfitValue as error:
            raise BadFields({name: [str(error).partition(": ")[2]]}) from None
        shown = getattr(run, column) or getattr(run.course, name) or None
        if told != shown:
            columns[column] = told
    return columns


def _named(name: str, read: Callable[[Any], Any], told: Any) -> Any:
    try:
        return read(told)
    except UnknownReference as error:
        raise BadFields({name: [str(error)]}) from None


def _tags(codes: Sequence[str]) -> list[LanguageTag]:
    known = {fold(tag.code): tag for tag in LanguageTag.objects.all()}
    for code in codes:
        if fold(code.strip()) not in known:
            raise UnknownReference(f"there is no language {code}")
    return [known[fold(code.strip())] for code in codes]


def _run_type(told: uuid.UUID) -> CourseRunType:
    found = CourseRunType.objects.filter(uuid=told).first()
    if found is None:
        raise UnknownReference(f"there is no course run type {told}")
    return found


_REFERENCES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "run_type": ("type", _run_type),
    "content_language": ("language", language_tagged),
    "expected_program_type": ("expected_program_type", program_type_named),
}


def _check(run: CourseRun, columns: Mapping[str, Any]) -> None:
    """What must hold between values, as far as they are told now. Raises BadFields."""

    def after(name: str) -> Any:
        return columns[name] if name in columns else getattr(run, name)

    start, end = after("start"), after("end")
    if columns.keys() & {"start", "end"} and start and end and start > end:
        raise BadFields({"start": [_("Start date cannot be after the End date")]})
    least, most = after("min_effort"), after("max_effort")
    if columns.keys() & {"min_effort", "max_effort"} and least is not None and most is not None:
        if least > most:
            text = _("Minimum effort cannot be greater than Maximum effort")
            raise BadFields({"min_effort": [text]})
        if least == most:
            text = _("Minimum effort and Maximum effort cannot be the same")
            raise BadFields({"min_effort": [text]})
