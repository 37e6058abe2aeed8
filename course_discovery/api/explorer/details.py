"""What the page of a course, and that of a program, shows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_discovery.api.explorer.cards import Card, course_card
from course_discovery.api.explorer.html import shown_html, summary
from course_discovery.api.explorer.public import (
    courses_of_program,
    is_public_course,
    public_program_pks,
    public_runs,
    staff_of,
)
from course_discovery.api.explorer.runs import elsewhere, shown_runs
from course_discovery.core.models import Partner
from course_discovery.projections.stored import read_data

Rendered = dict[str, Any]


class Section(NamedTuple):
    """A part of a page: its heading and its text."""

    heading: str
    text: SafeString


class Fact(NamedTuple):
    """Something short that is said of a thing."""

    name: str
    value: str


class Person(NamedTuple):
    """Somebody who teaches."""

    name: str
    position: str
    portrait: str | None


def course_details(course: Rendered, partner: Partner, host: str) -> dict[str, Any]:
    """What the page of a course shows; one query, for the programs that may be seen."""
    public = public_runs(course)
    runs = shown_runs(public, host)
    return {
        "course": course,
        "organizations": _organizations(course["owners"]),
        "summary": summary(course["short_description"] or course["full_description"]),
        "lead": shown_html(course["short_description"]),
        "image": course["image"]["src"] if course["image"] else None,
        "elsewhere": elsewhere(course["marketing_url"], host),
        "facts": _present(
            (_("Level"), course["level_type"]),
            (_("Subjects"), _named(course["subjects"])),
            (_("Languages"), _joined(run["content_language_search_facet_name"] for run in public)),
            (_("Subtitles"), _subtitles(public)),
            (_("Course number"), course["key"]),
        ),
        "sections": _sections(
            (_("About this course"), course["full_description"]),
            (_("What you will learn"), course["outcome"]),
            (_("Syllabus"), course["syllabus_raw"]),
            (_("Prerequisites"), course["prerequisites_raw"]),
            (_("Questions and answers"), course["faq"]),
            (_("What learners say"), course["learner_testimonials"]),
            (_("More"), course["additional_information"]),
        ),
        "learning_items": course["expected_learning_items"],
        "runs": [run for run in runs if not run.is_over],
        "past_runs": [run for run in runs if run.is_over],
        "staff": _people(staff_of(public)),
        "programs": _programs(course, partner),
    }


def program_details(
    program: Rendered, now: datetime, language: str | None, host: str
) -> dict[str, Any]:
    """What the page of a program shows; two queries, for its courses."""
    return {
        "program": program,
        "label": program["type"] or _("Program"),
        "organizations": _organizations(program["authoring_organizations"]),
        "summary": summary(program["subtitle"] or program["overview"]),
        "image": program["card_image_url"],
        "elsewhere": elsewhere(program["marketing_url"], host),
        "facts": _present(
            (_("Duration"), program["program_duration_override"] or _weeks(program)),
            (_("Subjects"), _named(program["subjects"])),
            (_("Price of all courses"), _prices(program)),
        ),
        "sections": _sections((_("About this program"), program["overview"])),
        "learning_items": program["expected_learning_items"],
        "outlook": program["job_outlook_items"],
        "courses": _courses(program, now, language, host),
        "staff": _people(program["instructor_ordering"] or program["staff"]),
        "questions": [
            Section(summary(each["question"]), shown_html(each["answer"]))
            for each in program["faq"]
        ],
    }


def _courses(program: Rendered, now: datetime, language: str | None, host: str) -> list[Card]:
    """The courses that everybody may see, in the program's order."""
    pks = courses_of_program(program["_pk"])
    wholes = {
        course["uuid"]: course
        for course in read_data("course", pks, now=now, language=language).values()
    }
    ordered = [wholes[each["uuid"]] for each in program["courses"] if each["uuid"] in wholes]
    return [course_card(course, host) for course in ordered if is_public_course(course)]


def _programs(course: Rendered, partner: Partner) -> list[Rendered]:
    seen = public_program_pks(partner, [each["_pk"] for each in course["programs"]])
    return [
        {
            "title": each["title"],
            "label": each["type"] or _("Program"),
            "address": reverse("explorer:program", args=[each["uuid"]]),
        }
        for each in course["programs"]
        if each["_pk"] in seen
    ]


def _organizations(organizations: Iterable[Rendered]) -> list[Rendered]:
    return [{"name": each["name"], "logo": each["logo_image_url"]} for each in organizations]


def _people(people: Iterable[Rendered]) -> list[Person]:
    return [
        Person(
            name=" ".join(filter(None, [each["given_name"], each["family_name"]])),
            position=_position(each["position"]),
            portrait=each["profile_image_url"],
        )
        for each in people
    ]


def _position(position: Rendered | None) -> str:
    if position is None:
        return ""
    return _joined([position["title"], position["organization_name"]])


def _present(*facts: tuple[str, str | None]) -> list[Fact]:
    return [Fact(name, value) for name, value in facts if value]


def _sections(*sections: tuple[str, str | None]) -> list[Section]:
    shown = [Section(heading, shown_html(text)) for heading, text in sections]
    return [section for section in shown if section.text]


def _named(things: Iterable[Rendered]) -> str:
    return _joined(each["name"] for each in things)


def _joined(values: Iterable[str | None]) -> str:
    return ", ".join(dict.fromkeys(filter(None, values)))


def _subtitles(runs: Iterable[Rendered]) -> str:
    return _joined(name for run in runs for name in run["transcript_languages_search_facet_names"])


def _weeks(program: Rendered) -> str:
    known = sorted({program["weeks_to_complete_min"], program["weeks_to_complete_max"]} - {None})
    if not known:
        return ""
    weeks = "–".join(map(str, known))
    return ngettext(
        "%(weeks)s week for each course", "%(weeks)s weeks for each course", known[-1]
    ) % {"weeks": weeks}


def _prices(program: Rendered) -> str:
    ranges = program["price_ranges"]
    totals = [f"{each['total']:.2f}".removesuffix(".00") for each in ranges]
    return _joined(
        f"{total} {each['currency']}" for total, each in zip(totals, ranges, strict=True)
    )
