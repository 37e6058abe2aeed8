"""Programs as readers see them: by themselves, and inside curricula and pathways."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from course_discovery.core.images import described
from course_discovery.course_metadata.models.program import BANNER_VARIATIONS
from course_discovery.course_metadata.queries.program import (
    can_be_bought_at_once,
    each_once,
    marketing_url,
)
from course_discovery.projections.course import render_courses
from course_discovery.projections.curriculum import Curricula
from course_discovery.projections.program_context import (
    FULL_TEXTS,
    TEXTS,
    ProgramContext,
    courses_of_programs,
    program_contexts,
)
from course_discovery.projections.program_course import minimal_organization
from course_discovery.projections.program_parts import of_courses, program_parts
from course_discovery.projections.program_type import type_attrs
from course_discovery.projections.values import absolute_media_url, media_url, moment

Rendered = dict[str, Any]


def render_programs(
    pks: Collection[int], *, now: datetime, language: str | None = None
) -> dict[int, Rendered]:
    """Programs by primary key, with every run of their courses but those they exclude."""
    contexts, minimal = _load(pks, now, language)
    own = {pk: contexts[pk] for pk in pks if pk in contexts}
    parts = program_parts(own)
    return {pk: minimal[pk] | _full(own[pk], now) | parts[pk] for pk in own}


def render_minimal_programs(
    pks: Collection[int], *, now: datetime, language: str | None = None
) -> dict[int, Rendered]:
    """Programs by primary key as other things show them."""
    return _load(pks, now, language)[1]


def _load(
    pks: Collection[int], now: datetime, language: str | None
) -> tuple[dict[int, ProgramContext], dict[int, Rendered]]:
    """The contexts of programs and of those inside them, and the minimal forms of the first."""
    curricula = Curricula(pks)
    links = courses_of_programs(curricula.programs)
    courses = render_courses(links.courses | curricula.courses, now=now, language=language)
    contexts = program_contexts(
        links, curricula.programs, courses=courses, now=now, language=language
    )
    bare = {pk: _minimal(context, now) for pk, context in contexts.items()}
    filled = {
        pk: curricula.fill(pk, programs=bare, courses=courses, now=now) for pk in pks if pk in bare
    }
    return contexts, filled


def _minimal(program: ProgramContext, now: datetime) -> Rendered:
    row = program.row
    return {
        "uuid": str(row["uuid"]),
        **{name: row[name] for name in TEXTS},
        "type": program.type["name"] if program.type else None,
        "type_attrs": type_attrs(program.type) if program.type else None,
        "marketing_url": marketing_url(
            program.marketing_root,
            program.type["slug"] if program.type else None,
            row["marketing_slug"],
        ),
        "banner_image": described(row["banner_image"], BANNER_VARIATIONS, absolute_media_url),
        "card_image_url": media_url(row["card_image"]),
        "courses": program.courses,
        "authoring_organizations": [minimal_organization(each) for each in program.authors],
        "is_program_eligible_for_one_click_purchase": row["one_click_purchase_enabled"]
        and can_be_bought_at_once(program.facts, program.seat_types, now),
        "degree": program.degree,
        "organization_logo_override_url": media_url(row["organization_logo_override"]),
        "primary_subject_override": program.primary_subject,
        "level_type_override": program.level_type,
        "language_override": row["language_override_id"],
        "labels": program.labels,
        "taxi_form": program.taxi_form,
        "data_modified_timestamp": moment(row["data_modified_timestamp"]),
        "course_run_statuses": sorted(
            each_once(course["course_run_statuses"] for course in program.courses)
        ),
        "subscription_eligible": row["subscription__subscription_eligible"],
        "subscription_prices": program.subscription_prices,
        **_facts(program),
    }


def _facts(program: ProgramContext) -> Rendered:
    """What filters and documents need beyond the contract."""
    return {
        "_pk": program.row["pk"],
        "_partner": program.row["partner__short_code"],
        "_created": moment(program.row["created"]),
        "_by_start": program.row["order_courses_by_start_date"],
    }


def _full(program: ProgramContext, now: datetime) -> Rendered:
    degree = program.degree
    return {
        **{name: program.row[name] for name in FULL_TEXTS},
        **of_courses(program, now),
        # Skills are said of programs by a taxonomy, and this service has none.
        "skill_names": [],
        "skills": [],
        "authoring_organizations": program.authors,
        "applicable_seat_types": program.seat_types,
        "is_2u_degree_program": bool(degree and degree["additional_metadata"]),
        **_of_runs(program),
    }


def _of_runs(program: ProgramContext) -> Rendered:
    """What documents say of the runs of a program's courses. Restricted ones do not count."""
    kept = {run["_pk"] for course in program.courses for run in course["course_runs"]}
    runs = [
        run
        for course in program.wholes
        for run in course["course_runs"]
        if run["_pk"] in kept and run["restriction_type"] is None
    ]
    seat_types = {seat["type"] for run in runs for seat in run["seats"]}
    starts = [run["start"] for run in runs if run["start"]]
    return {
        "_languages": sorted({run["content_language_search_facet_name"] for run in runs} - {None}),
        "_seat_types": sorted(seat_types.intersection(program.seat_types)),
        "_start": min(starts, key=datetime.fromisoformat, default=None),
    }
