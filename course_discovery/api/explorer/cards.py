"""Courses and programs as lists of results show them, from their projections."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from course_discovery.api.explorer.html import summary
from course_discovery.api.explorer.public import (
    is_public_course,
    is_public_inside,
    is_public_program,
    public_runs,
)
from course_discovery.api.explorer.runs import Run, shown_runs
from course_discovery.projections.stored import read_data
from search.queries.page import Hit

Rendered = dict[str, Any]
COURSE, PROGRAM = "course", "program"
# How many runs a card has room for.
RUNS = 2


@dataclass(frozen=True)
class Card:
    """A course or a program in a list. `runs` are those of a course, not yet over."""

    kind: str
    label: str
    title: str
    address: str
    organizations: list[str]
    summary: str
    image: str | None
    facts: list[str]
    runs: Sequence[Run] = ()
    courses: int = 0

    @property
    def first_runs(self) -> Sequence[Run]:
        """The runs that there is room for."""
        return self.runs[:RUNS]

    @property
    def other_runs(self) -> int:
        """How many runs there are beside those."""
        return len(self.runs[RUNS:])


def cards_of(hits: Iterable[Hit], now: datetime, language: str | None, host: str) -> list[Card]:
    """The cards of hits, in their order; a query for each kind.

    What was withdrawn since it was indexed has none.
    """
    order = [(hit.content_type, hit.pk) for hit in hits]
    return [
        card
        for kind, rendered in _read(order, now, language)
        if (card := card_of(kind, rendered, host)) is not None
    ]


def card_of(kind: str, rendered: Rendered, host: str) -> Card | None:
    """The card of a projection; None if not everybody may see it."""
    if kind == PROGRAM:
        return program_card(rendered) if is_public_program(rendered) else None
    return course_card(rendered, host) if is_public_course(rendered) else None


def course_card(course: Rendered, host: str) -> Card:
    """The card of a course, with its runs that can still be taken up."""
    runs = shown_runs(public_runs(course), host)
    return Card(
        kind=COURSE,
        label=_("Course"),
        title=course["title"],
        address=reverse("explorer:course", args=[course["key"]]),
        organizations=[each["name"] for each in course["owners"]],
        summary=summary(course["short_description"] or course["full_description"]),
        image=course["image"]["src"] if course["image"] else None,
        facts=[
            *filter(None, [course["level_type"]]),
            *(each["name"] for each in course["subjects"][:1]),
        ],
        runs=[run for run in runs if not run.is_over],
    )


def program_card(program: Rendered) -> Card:
    """The card of a program."""
    return Card(
        kind=PROGRAM,
        label=program["type"] or _("Program"),
        title=program["title"],
        address=reverse("explorer:program", args=[program["uuid"]]),
        organizations=[each["name"] for each in program["authoring_organizations"]],
        summary=summary(program["subtitle"] or program["overview"]),
        image=program["card_image_url"],
        facts=[each["name"] for each in program["subjects"][:1]],
        courses=sum(map(is_public_inside, program["courses"])),
    )


def _read(
    order: Collection[tuple[str, int]], now: datetime, language: str | None
) -> Iterable[tuple[str, Rendered]]:
    found = {
        kind: read_data(kind, pks, now=now, language=language)
        for kind in (COURSE, PROGRAM)
        if (pks := [pk for each, pk in order if each == kind])
    }
    return [(kind, found[kind][pk]) for kind, pk in order if pk in found[kind]]
