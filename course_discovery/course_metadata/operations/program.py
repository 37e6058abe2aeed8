"""Programs."""

import re
import uuid as uuids
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db.models import QuerySet

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Program
from course_discovery.course_metadata.operations.data_modified import touch_program
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.program_link import write_program_lists
from course_discovery.course_metadata.operations.program_slug import (
    free_marketing_slug,
    regenerate_marketing_slug,
)
from course_discovery.course_metadata.operations.program_values import (
    ProgramValues,
    fit_program,
    program_references,
)
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    Written,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.slug import slug_of

Kind = TypeVar("Kind", bound=Program)
_SLUG = re.compile(r"[a-zA-Z0-9_-]+(/[a-zA-Z0-9_-]+)*")


class OtherPartnersProgram(Refusal):
    """A uuid or slug of a program of another partner."""


class MarketingSlugTaken(Refusal):
    """A marketing slug that another program has; they are unique over all partners."""


@operation
def create_or_update_program(
    *,
    partner: Partner,
    uuid: uuids.UUID | None = None,
    marketing_slug: str | None = None,
    values: ProgramValues,
    now: datetime,
) -> Written[Program]:
    """The program with this uuid, else with this marketing slug, made when there is none.

    With both, the slug is what the program of the uuid is to have. A new program needs a `title`;
    without a slug it gets one of its type, first author and title, and again when its authors
    change. A degree is a program too: its common part is written. Raises Refusal for what the
    catalog cannot take.
    """
    return write_kind_of_program(
        Program, partner=partner, uuid=uuid, marketing_slug=marketing_slug, values=values, now=now
    )


def write_kind_of_program(
    model: type[Kind],
    *,
    partner: Partner,
    uuid: uuids.UUID | None,
    marketing_slug: str | None,
    values: ProgramValues,
    now: datetime,
    own: Mapping[str, Any] | None = None,
    write_parts: Callable[[Kind], bool] = lambda row: False,
) -> Written[Kind]:
    """`create_or_update_program` for rows of `model`, whose own columns are `own`.

    `write_parts(row)` writes what else the kind has, and answers whether it differed. A part of a
    larger operation.
    """
    row = _find(model, partner, uuid, marketing_slug)
    created, by_slug = row is None, bool(marketing_slug) and uuid is None
    if marketing_slug and (created or uuid is not None):
        values = {"marketing_slug": marketing_slug, **values}
    columns = fit_program(values) | dict(own or {})
    if "marketing_slug" in columns:
        # One that is known by its slug alone may be made by two callers: the second finds it then.
        _check_slug(columns["marketing_slug"], row, free=not (created and by_slug))
    references, changed = program_references(partner, values)
    columns |= references
    if row is None:
        row = _create(model, partner, uuid, columns, now)
    else:
        changed |= write_differences(row, columns)
    authors = _authors(row)
    changed |= write_program_lists(row, values)
    changed |= write_parts(row)
    # An address that somebody told is how they will name the program again.
    if not (marketing_slug or "marketing_slug" in columns) and _authors(row) != authors:
        regenerate_marketing_slug(program=row, now=now)
    if changed:
        touch_program(program=row, now=now)
    return Written(row, Outcome.of(created=created, changed=changed))


def _find(
    model: type[Kind], partner: Partner, uuid: uuids.UUID | None, marketing_slug: str | None
) -> Kind | None:
    """The row with this uuid, else with this slug, locked. Raises OtherPartnersProgram."""
    if uuid is None and not marketing_slug:
        return None
    slug = fold((marketing_slug or "").strip())
    key: dict[str, Any] = {"uuid": uuid} if uuid else {"marketing_slug_folded": slug}
    rows = cast("QuerySet[Kind]", model._default_manager.filter(**key))
    row = next(iter(locked(rows)), None)
    if row is not None and row.partner_id != partner.pk:
        raise OtherPartnersProgram("the program is another partner's")
    return row


def _create(
    model: type[Kind],
    partner: Partner,
    uuid: uuids.UUID | None,
    columns: Mapping[str, Any],
    now: datetime,
) -> Kind:
    if not columns.get("title"):
        raise UnfitValue("title", "a new program needs one")
    usual: dict[str, Any] = {"uuid": uuid} if uuid else {}
    if "marketing_slug" not in columns:
        usual["marketing_slug"] = free_marketing_slug(slug_of(columns["title"]) or "program")
    row = model(partner=partner, data_modified_timestamp=now, **usual, **columns)
    row.save(force_insert=True)
    return row


def _authors(row: Program) -> list[int]:
    return list(row.author_links.values_list("organization_id", flat=True))


def _check_slug(slug: str, row: Program | None, *, free: bool) -> None:
    if not _SLUG.fullmatch(slug):
        raise UnfitValue("marketing_slug", "not letters, digits, - and _, in folders by /")
    having = Program.objects.filter(marketing_slug_folded=fold(slug))
    others = having.exclude(pk=row.pk) if row is not None else having
    if free and others.exists():
        raise MarketingSlugTaken("marketing_slug: another program has it")
