"""What rows are called where somebody chooses among them: enough to tell namesakes apart."""

from functools import singledispatch
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from course_discovery.course_metadata.models import (
    FAQ,
    Course,
    CourseRun,
    Curriculum,
    CurriculumCourseMembership,
    Endorsement,
    OrganizationMapping,
    Person,
    ProgramSubscription,
    SubVertical,
    Track,
)

Row = TypeVar("Row", bound=Model)
_LENGTH = 100
# What a label is made of besides the row itself.
_RELATIONS: dict[type[Model], tuple[str, ...]] = {
    CourseRun: ("course",),
    Curriculum: ("program",),
    CurriculumCourseMembership: ("curriculum", "course"),
    Endorsement: ("endorser",),
    OrganizationMapping: ("organization", "source"),
    Person: ("position__organization",),
    ProgramSubscription: ("program",),
    SubVertical: ("vertical",),
    Track: ("mode", "seat_type"),
}


def label_relations(model: type[Model], prefix: str = "") -> list[str]:
    """The relations to select with rows of `model` that are to be labelled."""
    return [f"{prefix}{name}" for name in _RELATIONS.get(model, ())]


def with_labels(rows: QuerySet[Row]) -> QuerySet[Row]:
    """The rows with all that their labels are made of, in one query."""
    relations = label_relations(rows.model)
    return rows.select_related(*relations) if relations else rows


@singledispatch
def label_of(row: Any) -> str:
    """What an editor reads of the row."""
    return str(row)


@label_of.register
def _course(row: Course) -> str:
    return _drafted(f"{row.key}: {row.title or ''}", row.draft)


@label_of.register
def _course_run(row: CourseRun) -> str:
    parts = [row.key, row.title_override or row.course.title, row.get_status_display()]
    if row.start:
        parts.append(f"{row.start:%Y-%m-%d}")
    return _drafted(", ".join(part for part in parts if part), row.draft)


@label_of.register
def _curriculum(row: Curriculum) -> str:
    return f"{row.program.title}: {row}" if row.program else str(row)


@label_of.register
def _membership(row: CurriculumCourseMembership) -> str:
    return f"{row.curriculum}: {row.course.key}"


@label_of.register
def _endorsement(row: Endorsement) -> str:
    return _short(f"{row.endorser}: {strip_tags(row.quote)}")


@label_of.register
def _faq(row: FAQ) -> str:
    return _short(strip_tags(row.question))


@label_of.register
def _organization_mapping(row: OrganizationMapping) -> str:
    return f"{row.source}: {row.organization_external_key}"


@label_of.register
def _person(row: Person) -> str:
    position = getattr(row, "position", None)
    if position is None:
        return f"{row.full_name} ({row.slug})" if row.slug else row.full_name
    return ", ".join(filter(None, (row.full_name, position.title, position.organization_name)))


@label_of.register
def _program_subscription(row: ProgramSubscription) -> str:
    return str(row.program)


@label_of.register
def _sub_vertical(row: SubVertical) -> str:
    return f"{row.vertical}: {row}"


@label_of.register
def _track(row: Track) -> str:
    return f"{row.mode}, {row.seat_type}" if row.seat_type else str(row.mode)


def _drafted(text: str, draft: bool) -> str:
    return _("%(text)s (draft)") % {"text": text} if draft else text


def _short(text: str) -> str:
    return str(Truncator(text).chars(_LENGTH))
