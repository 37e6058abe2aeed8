"""Pathways as readers see them, with their programs."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from course_discovery.course_metadata.models import Pathway, PathwayProgram
from course_discovery.course_metadata.queries.program import each_once
from course_discovery.projections.course import first_boundary
from course_discovery.projections.program import render_minimal_programs

_COLUMNS = (
    "uuid", "name", "org_name", "email", "description", "status", "destination_url",
    "pathway_type",
)  # fmt: skip
Rendered = dict[str, Any]


def render_pathways(
    pks: Collection[int], *, now: datetime, language: str | None = None
) -> dict[int, Rendered]:
    """Pathways by primary key; two queries, and those of their programs."""
    links: defaultdict[int, list[int]] = defaultdict(list)
    rows = PathwayProgram.objects.filter(pathway_id__in=pks).order_by("sort_value", "pk")
    for pathway, program in rows.values_list("pathway_id", "program_id"):
        links[pathway].append(program)
    wanted = {program for several in links.values() for program in several}
    programs = render_minimal_programs(sorted(wanted), now=now, language=language)
    return {
        row["pk"]: _render(row, [programs[pk] for pk in links[row["pk"]] if pk in programs])
        for row in Pathway.objects.filter(pk__in=pks).values("pk", *_COLUMNS)
    }


def _render(row: Rendered, programs: list[Rendered]) -> Rendered:
    return {
        "id": row["pk"],
        **{name: row[name] for name in _COLUMNS},
        "uuid": str(row["uuid"]),
        "programs": programs,
        "course_run_statuses": sorted(each_once(each["course_run_statuses"] for each in programs)),
        "_next_boundary": first_boundary(programs),
    }
