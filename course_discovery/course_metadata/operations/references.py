"""The rows that values name by their keys, each kind with its refusal."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    LanguageTag,
    LevelType,
    Organization,
    Person,
    Program,
    ProgramType,
    Source,
)
from course_discovery.course_metadata.operations.running import Refusal

Row = TypeVar("Row", bound=models.Model)
Reference = uuid.UUID | str
"""A uuid, or the readable name that rows of the kind have too."""


class UnknownReference(Refusal):
    """A key, slug or uuid that nothing in the catalog has."""


class UnknownCourseKey(UnknownReference):
    """A key that no official course of the partner has."""


class UnknownCourseRunKey(UnknownReference):
    """A key that no official run of the partner has."""


class UnknownPerson(UnknownReference):
    """A uuid or slug that no person of the partner has."""


class UnknownProgram(UnknownReference):
    """A uuid or slug that no program of the partner has."""


class UnknownProgramType(UnknownReference):
    """A slug that no program type has."""


class UnknownProductSource(UnknownReference):
    """A slug that no product source has."""


def courses_by_key(partner: Partner, keys: Sequence[str]) -> list[Course]:
    """The official courses with these keys, in this order, each once. Raises UnknownCourseKey."""
    rows = Course.objects.filter(partner=partner, key_folded__in=[fold(key) for key in keys])
    return _in_order(keys, {row.key_folded: row for row in rows}, UnknownCourseKey, "course")


def course_runs_by_key(partner: Partner, keys: Sequence[str]) -> list[CourseRun]:
    """The official runs with these keys, in this order, each once. Raises UnknownCourseRunKey."""
    rows = CourseRun.objects.filter(
        course__partner=partner, key_folded__in=[fold(key) for key in keys]
    )
    found = {row.key_folded: row for row in rows}
    return _in_order(keys, found, UnknownCourseRunKey, "course run")


def people_named(partner: Partner, names: Sequence[Reference]) -> list[Person]:
    """The people with these uuids or slugs, in this order, each once. Raises UnknownPerson."""
    return _named(Person.objects.filter(partner=partner), "slug", names, UnknownPerson, "person")


def programs_named(partner: Partner, names: Sequence[Reference]) -> list[Program]:
    """The programs with these uuids or marketing slugs, in order, once. Raises UnknownProgram."""
    rows = Program.objects.filter(partner=partner)
    return _named(rows, "marketing_slug_folded", names, UnknownProgram, "program")


def program_type_named(slug: str | None) -> ProgramType | None:
    """The program type with this slug. Raises UnknownProgramType."""
    return _one(ProgramType.objects.all(), "slug", slug, UnknownProgramType, "program type")


def product_source_named(slug: str | None) -> Source | None:
    """The product source with this slug. Raises UnknownProductSource."""
    return _one(Source.objects.all(), "slug", slug, UnknownProductSource, "product source")


def organization_named(partner: Partner, key: str | None) -> Organization | None:
    """The organization with this key. Raises UnknownReference."""
    rows = Organization.objects.filter(partner=partner)
    return _one(rows, "key", key, UnknownReference, "organization")


def level_named(name: str | None) -> LevelType | None:
    """The level with this stable name. Raises UnknownReference."""
    return _one(LevelType.objects.all(), "name", name, UnknownReference, "level")


def language_tagged(code: str | None) -> LanguageTag | None:
    """The language with this tag. Raises UnknownReference."""
    return _one(LanguageTag.objects.all(), "code", code, UnknownReference, "language")


def uuid_of(name: Reference) -> uuid.UUID | None:
    """The uuid that a reference is, None if it is a name."""
    if isinstance(name, uuid.UUID):
        return name
    try:
        return uuid.UUID(name)
    except ValueError:
        return None


def _one(
    rows: "models.QuerySet[Row]",
    column: str,
    told: str | None,
    refusal: type[UnknownReference],
    kind: str,
) -> Row | None:
    wanted = (told or "").strip()
    if not wanted:
        return None
    found = rows.filter(**{f"{column}__iexact": wanted}).order_by("pk").first()
    if found is None:
        raise refusal(f"there is no {kind} {wanted}")
    return found


def _named(
    rows: "models.QuerySet[Row]",
    column: str,
    names: Iterable[Reference],
    refusal: type[UnknownReference],
    kind: str,
) -> list[Row]:
    wanted = [uuid_of(name) or fold(str(name)) for name in names]
    uuids = [each for each in wanted if isinstance(each, uuid.UUID)]
    texts = [each for each in wanted if isinstance(each, str)]
    stored = rows.filter(models.Q(uuid__in=uuids) | models.Q(**{f"{column}__in": texts}))
    found: dict[Any, Row] = {}
    # The oldest row has a name that several have.
    for row in stored.order_by("-pk"):
        found[getattr(row, "uuid")] = found[fold(getattr(row, column))] = row  # noqa: B009
    return _in_order(wanted, found, refusal, kind)


def _in_order(
    names: Iterable[Any], found: Mapping[Any, Row], refusal: type[UnknownReference], kind: str
) -> list[Row]:
    rows = {}
    for name in names:
        row = found.get(fold(name) if isinstance(name, str) else name)
        if row is None:
            raise refusal(f"there is no {kind} {name}")
        rows[row.pk] = row
    return list(rows.values())
