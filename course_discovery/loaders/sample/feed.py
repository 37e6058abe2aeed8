"""`GET /feed/catalog.jsonl`: the catalog feed, one JSON object a line.

Of the runs that the platform knows it tells only what the platform cannot tell; courses that
only the feed knows come whole, with their seats.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from course_discovery.loaders.sample.catalog import (
    Catalog,
    Course,
    FeedLine,
    Mode,
    Organization,
    Run,
)
from course_discovery.loaders.sample.messages import Answer, Request, instant
from course_discovery.loaders.sample.pictures import card_path, logo_path
from course_discovery.loaders.sample.site import Site

Line = dict[str, Any]


def catalog_feed(site: Site, request: Request) -> Answer:
    """The whole feed, streamed."""
    lines = feed_lines(site.catalog, site.base_url)
    return Answer(200, (_encoded(line) for line in lines), {"Content-Type": "application/x-ndjson"})


def feed_lines(catalog: Catalog, base_url: str) -> Iterator[Line]:
    """Every line, what is used before what uses it."""
    for organization in catalog.organizations:
        yield _organization(organization, base_url)
    for subject in catalog.subjects:
        yield {"kind": "subject", **vars(subject)}
    for level in catalog.levels:
        yield {"kind": "level", **vars(level)}
    for language in catalog.languages:
        yield {"kind": "language", **vars(language)}
    yield from _as_told("person", catalog.people)
    for course in catalog.courses:
        yield _course(course, base_url)
        for run in course.runs:
            yield _run(run, course)
    yield from _as_told("program", catalog.programs)
    yield from _as_told("degree", catalog.degrees)
    yield from _as_told("curriculum", catalog.curricula)
    yield from _as_told("pathway", catalog.pathways)


def _as_told(kind: str, lines: Iterable[FeedLine]) -> Iterator[Line]:
    return ({"kind": kind, **line} for line in lines)


def _organization(organization: Organization, base_url: str) -> Line:
    return {
        "kind": "organization",
        "key": organization.key,
        "name": organization.name,
        "organization_hex_color": organization.color,
        "logo_image_url": f"{base_url}{logo_path(organization.key)}",
        **organization.details,
    }


def _course(course: Course, base_url: str) -> Line:
    line: Line = {"kind": "course", "key": course.key}
    if not course.in_lms:
        line |= {"title": course.title, "card_image_url": f"{base_url}{card_path(course.key)}"}
    return {**line, **course.details}


def _run(run: Run, course: Course) -> Line:
    line: Line = {"kind": "course_run", "key": run.key, "course": course.key}
    if not course.in_lms:
        line |= {
            "title": run.name,
            "start": instant(run.start),
            "end": instant(run.end),
            "enrollment_start": instant(run.enrollment_start),
            "enrollment_end": instant(run.enrollment_end),
            "pacing_type": f"{run.pacing}_paced",
            "hidden": run.hidden,
            "mobile_available": run.mobile_available,
            "seats": [_seat(mode) for mode in run.modes],
        }
    return {**line, **run.details}


def _seat(mode: Mode) -> Line:
    seat: Line = {
        "type": mode.slug,
        "price": f"{mode.price}.00",
        "currency": mode.currency.upper(),
        "upgrade_deadline": instant(mode.expires),
        "sku": mode.sku,
        "bulk_sku": mode.bulk_sku,
    }
    if mode.credit_provider:
        seat |= {"credit_provider": mode.credit_provider, "credit_hours": mode.credit_hours}
    return seat


def _encoded(line: Line) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"
