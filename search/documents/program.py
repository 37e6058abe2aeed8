"""The document of a program: what it says itself, and what its courses and their runs say."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import QuerySet
from elasticsearch.dsl import Boolean, Integer, Keyword, Nested, Text

from course_discovery.course_metadata.models import Program
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.projections.stored import read_data
from search.documents.analysis import catalog_text, completion, html_strip, lower, raw
from search.documents.base import Body, CatalogDocument, Rendered, Skill
from search.documents.rows import program_row
from search.documents.values import (
    distinct,
    fingerprint,
    joined,
    named,
    organization_bodies,
    person_name,
    skills,
)

CONTENT_TYPE = "program"


class ProgramDocument(CatalogDocument):
    """A program, or a degree."""

    authoring_organization_bodies = Text()
    authoring_organization_uuids = Keyword()
    authoring_organizations = Text(fields=raw() | lower() | completion())
    card_image_url = Text()
    course_run_statuses = Keyword()
    credit_backing_organizations = Text()
    excluded_from_search = Boolean()
    excluded_from_seo = Boolean()
    is_2u_degree_program = Boolean()
    is_program_eligible_for_one_click_purchase = Boolean()
    language = Text()
    marketing_url = Text()
    max_hours_effort_per_week = Integer()
    min_hours_effort_per_week = Integer()
    search_card_display = Text()
    seat_types = Keyword()
    skill_names = Keyword()
    skills = Nested(Skill)
    staff_uuids = Keyword()
    subject_uuids = Keyword()
    subtitle = Text(analyzer=html_strip)
    title = Text(analyzer=catalog_text, fields=completion())
    type = Text(analyzer=html_strip, fields=raw() | lower())
    weeks_to_complete_max = Integer()
    weeks_to_complete_min = Integer()


# Fields that readers see under the same name, as they are.
_ALIKE = (
    "card_image_url", "course_run_statuses", "excluded_from_search", "excluded_from_seo", "hidden",
    "is_2u_degree_program", "is_program_eligible_for_one_click_purchase", "marketing_url",
    "max_hours_effort_per_week", "min_hours_effort_per_week", "skill_names", "status", "subtitle",
    "title", "type", "uuid", "weeks_to_complete_max", "weeks_to_complete_min",
)  # fmt: skip


def indexed_programs() -> QuerySet[Program]:
    """The programs that have a document: all, whatever their status."""
    return Program.objects.all()


def program_bodies(pks: Collection[int], now: datetime) -> dict[str, Body]:
    """The documents of programs by uuid; a number of queries that does not depend on `pks`."""
    rendered = read_data("program", pks, now=now)
    return {program["uuid"]: _body(program) for program in rendered.values()}


def _body(program: Rendered) -> Body:
    authors, backers = program["authoring_organizations"], program["credit_backing_organizations"]
    identity = f"{CONTENT_TYPE}:{program['uuid']}"
    body = {
        **{name: program[name] for name in _ALIKE},
        "aggregation_key": identity,
        "aggregation_uuid": identity,
        "authoring_organization_bodies": organization_bodies(authors),
        "authoring_organization_uuids": [each["uuid"] for each in authors],
        "authoring_organizations": named(authors),
        "content_type": CONTENT_TYPE,
        "credit_backing_organizations": named(backers),
        "id": f"course_metadata.program.{program['_pk']}",
        "language": program["_languages"],
        "next_boundary": program["_next_boundary"],
        "organizations": distinct(named([*authors, *backers])),
        "partner": program["_partner"],
        "pk": program["_pk"],
        "published": program["status"] == ProgramStatus.ACTIVE,
        "search_card_display": program["degree"]["_search_card"] if program["degree"] else [],
        "seat_types": program["_seat_types"],
        "skills": skills(program),
        "staff_uuids": [each["uuid"] for each in program["staff"]],
        "start": program["_start"],
        "subject_uuids": [each["uuid"] for each in program["subjects"]],
        "text": joined(_text(program)),
    }
    body["stored"] = {"row": program_row(body, authors)}
    body["stored"]["fingerprint"] = fingerprint(body)
    return body


def _text(program: Rendered) -> Iterator[str | None]:
    """What a search without a field looks through."""
    yield from (program[name] for name in ("uuid", "title", "status", "type", "marketing_slug"))
    yield from (program["subtitle"], program["overview"])
    yield from program["_languages"]
    yield from named(
        [*program["authoring_organizations"], *program["credit_backing_organizations"]]
    )
    for each in program["faq"]:
        yield from (each["question"], each["answer"])
    yield from program["expected_learning_items"]
    for course in program["courses"]:
        yield f"{course['key']}: {course['title']}"
        yield from (
            f"{run['key']}: {run['title']}"
            for run in course["course_runs"]
            if run["restriction_type"] is None
        )
    yield from (each["name"] for each in program["subjects"])
    yield from (person_name(each) for each in program["instructor_ordering"])
    yield from program["job_outlook_items"]
    yield from _endorsed(program)


def _endorsed(program: Rendered) -> Iterator[str | None]:
    voices = list(program["individual_endorsements"])
    for corporate in program["corporate_endorsements"]:
        yield from (corporate["corporation_name"], corporate["statement"])
        voices += corporate["individual_endorsements"]
    for voice in voices:
        yield from (person_name(voice["endorser"]), voice["quote"])
