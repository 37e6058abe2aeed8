"""Programs as their courses and runs show them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Q

from course_discovery.course_metadata.models import Program, ProgramCourse
from course_discovery.course_metadata.queries.program import marketing_url
from course_discovery.projections.program_type import render_program_types, type_attrs

Rendered = dict[str, Any]


def programs_of_courses(
    courses: Collection[int], language: str | None
) -> defaultdict[int, list[Rendered]]:
    """The programs that each course is part of, the oldest first; five queries.

    `_status` is the program's.
    """
    links = list(
        ProgramCourse.objects.filter(course_id__in=courses)
        .order_by("program_id")
        .values_list("course_id", "program_id")
    )
    programs = _render({program for _course, program in links}, language)
    found: defaultdict[int, list[Rendered]] = defaultdict(list)
    for course, program in links:
        if program in programs:
            found[course].append(programs[program])
    return found


def programs_that_exclude(runs: Collection[int]) -> defaultdict[int, set[int]]:
    """The primary keys of the programs that exclude each run; one query."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    links = Program.excluded_course_runs.through.objects.filter(courserun_id__in=runs)
    for run, program in links.values_list("courserun_id", "program_id"):
        found[run].add(program)
    return found


def _render(pks: Collection[int], language: str | None) -> dict[int, Rendered]:
    rows = list(
        Program.objects.filter(pk__in=pks)
        .annotate(courses_in=Count("course_links", filter=Q(course_links__course__draft=False)))
        .values(
            "pk", "uuid", "title", "status", "marketing_slug", "type_id", "courses_in",
            "partner__marketing_site_url_root",
        )
    )  # fmt: skip
    types = render_program_types({row["type_id"] for row in rows} - {None}, language=language)
    return {row["pk"]: _nested(row, types.get(row["type_id"])) for row in rows}


def _nested(row: Mapping[str, Any], kind: Rendered | None) -> Rendered:
    root = row["partner__marketing_site_url_root"]
    return {
        "uuid": str(row["uuid"]),
        "title": row["title"],
        "type": kind["name"] if kind else None,
        "type_attrs": type_attrs(kind) if kind else None,
        "marketing_slug": row["marketing_slug"],
        "marketing_url": marketing_url(
            root.rstrip("/") if root else None,
            kind["slug"] if kind else None,
            row["marketing_slug"],
        ),
        "number_of_courses": row["courses_in"],
        "_pk": row["pk"],
        "_status": row["status"],
    }
