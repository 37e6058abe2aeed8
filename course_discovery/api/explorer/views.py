"""The pages of the explorer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation

from course_discovery.api.explorer.answering import answers, partner_of, problem_object
from course_discovery.api.explorer.cards import cards_of
from course_discovery.api.explorer.details import course_details, program_details
from course_discovery.api.explorer.public import (
    find_course,
    find_program,
    is_public_course,
    is_public_program,
)
from course_discovery.api.explorer.searching import find, suggest
from course_discovery.api.explorer.selection import SORTS, Selection
from course_discovery.loaders.queries import last_finished_load
from course_discovery.projections.stored import read_data


@answers()
def explore(request: HttpRequest) -> HttpResponse:
    """The catalog: a search box, results, and ways to narrow them."""
    partner, now = partner_of(request), timezone.now()
    selection = Selection.of(request.GET)
    found = find(selection, partner, now)
    page = found.page
    context = {
        "selection": selection,
        "count": page.count,
        "cards": cards_of(page.hits, now, translation.get_language(), request.get_host()),
        "groups": found.groups,
        "sorts": [
            (name, selection.sorted_by(sort).address, sort == selection.sort)
            for sort, name in SORTS.items()
        ],
        "pages": found.pages,
        "previous": selection.at(page.number - 1).address if page.number > 1 else None,
        "next": selection.at(page.number + 1).address if page.has_next else None,
        "load": None if selection.narrows else last_finished_load(partner),
    }
    return render(request, "explorer/explore.html", context)


@answers(problem_object)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the visitor may be about to type: at most eight courses and programs."""
    partner, now = partner_of(request), timezone.now()
    hits = suggest(request.GET.get("q", ""), partner, now)
    cards = cards_of(hits, now, translation.get_language(), request.get_host())
    return JsonResponse(
        {
            "suggestions": [
                {
                    "title": card.title,
                    "note": " · ".join([card.label, *card.organizations[:1]]),
                    "url": card.address,
                }
                for card in cards
            ]
        }
    )


@answers()
def course(request: HttpRequest, identifier: str) -> HttpResponse:
    """A course with its runs, programs and staff."""
    partner, now = partner_of(request), timezone.now()
    rendered = _read("course", find_course(partner, identifier), now)
    if not is_public_course(rendered):
        raise Http404
    details = course_details(rendered, partner, request.get_host())
    return render(request, "explorer/course.html", details)


@answers()
def program(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """A program with its courses."""
    partner, now = partner_of(request), timezone.now()
    rendered = _read("program", find_program(partner, identifier), now)
    if not is_public_program(rendered):
        raise Http404
    details = program_details(rendered, now, translation.get_language(), request.get_host())
    return render(request, "explorer/program.html", details)


def _read(kind: str, pk: int | None, now: datetime) -> dict[str, Any]:
    """The projection of a row. Raises Http404 where there is none."""
    pks = [] if pk is None else [pk]
    found = read_data(kind, pks, now=now, language=translation.get_language())
    if not found:
        raise Http404
    (rendered,) = found.values()
    return rendered
