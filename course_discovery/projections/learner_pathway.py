"""Learner pathways, their steps and their nodes as readers see them.

Each run bears its restriction as a fact: whoever serves runs decides by it which ones are shown.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, QuerySet

from course_discovery.core.images import described, variation_name
from course_discovery.course_metadata.models import CourseRun, ProgramCourse
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.projections.values import absolute_media_url, media_url, moment
from learner_pathway.models import (
    LearnerPathway,
    LearnerPathwayBlock,
    LearnerPathwayCourse,
    LearnerPathwayProgram,
    LearnerPathwayStep,
)
from learner_pathway.queries.workload import required_nodes

Rendered = dict[str, Any]


def render_learner_pathways(pks: Collection[int]) -> dict[int, Rendered]:
    """Pathways by primary key; seven queries."""
    rows = list(
        LearnerPathway.objects.filter(pk__in=pks).values(
            "pk", "uuid", "title", "status", "banner_image", "card_image", "overview", "created",
            "visible_via_association", "partner__short_code",
        )
    )  # fmt: skip
    steps = _by_owner(_steps(LearnerPathwayStep.objects.filter(pathway__in=pks)), "pathway")
    return {row["pk"]: _pathway(row, steps[row["pk"]]) for row in rows}


def render_learner_pathway_steps(pks: Collection[int]) -> dict[int, Rendered]:
    """Steps by primary key; six queries."""
    steps = _steps(LearnerPathwayStep.objects.filter(pk__in=pks))
    return {row["pk"]: step for row, step in steps}


def render_learner_pathway_courses(pks: Collection[int]) -> dict[int, Rendered]:
    """Course nodes by primary key; two queries."""
    nodes = _courses(LearnerPathwayCourse.objects.filter(pk__in=pks))
    return {row["pk"]: node for row, node in nodes}


def render_learner_pathway_programs(pks: Collection[int]) -> dict[int, Rendered]:
    """Program nodes by primary key; three queries."""
    nodes = _programs(LearnerPathwayProgram.objects.filter(pk__in=pks))
    return {row["pk"]: node for row, node in nodes}


def render_learner_pathway_blocks(pks: Collection[int]) -> dict[int, Rendered]:
    """Block nodes by primary key; one query."""
    rows = LearnerPathwayBlock.objects.filter(pk__in=pks)
    return {
        pk: {"uuid": str(uuid), "step": step, "course": course, "block_id": block_id}
        for pk, uuid, step, course, block_id in rows.values_list(
            "pk", "uuid", "step", "course", "block_id"
        )
    }


_Pairs = list[tuple[Mapping[str, Any], Rendered]]  # rows, and what they are rendered as


def _pathway(row: Mapping[str, Any], steps: list[Rendered]) -> Rendered:
    banner, card = row["banner_image"], row["card_image"]
    return {
        "id": row["pk"],
        "uuid": str(row["uuid"]),
        "title": row["title"],
        "status": row["status"],
        "banner_image": absolute_media_url(banner),
        "card_image": absolute_media_url(card),
        "overview": row["overview"],
        "steps": steps,
        "_banner_image": described(banner, LearnerPathway.BANNER_VARIATIONS, absolute_media_url),
        "_card_image": described(card, LearnerPathway.CARD_VARIATIONS, absolute_media_url),
        "_partner": row["partner__short_code"] or "",
        "_visible_via_association": row["visible_via_association"],
        "_created": moment(row["created"]),
    }


def _steps(steps: "QuerySet[LearnerPathwayStep]") -> _Pairs:
    rows = list(
        steps.annotate(blocks=Count("block_nodes"))
        .order_by("sort_value", "pk")
        .values("pk", "pathway", "uuid", "min_requirement", "blocks")
    )
    pks = [row["pk"] for row in rows]
    courses = _by_owner(_courses(LearnerPathwayCourse.objects.filter(step__in=pks)), "step")
    programs = _by_owner(_programs(LearnerPathwayProgram.objects.filter(step__in=pks)), "step")
    return [(row, _step(row, courses[row["pk"]], programs[row["pk"]])) for row in rows]


def _step(row: Mapping[str, Any], courses: list[Rendered], programs: list[Rendered]) -> Rendered:
    nodes = len(courses) + len(programs) + row["blocks"]
    return {
        "uuid": str(row["uuid"]),
        "min_requirement": required_nodes(row["min_requirement"], nodes),
        "courses": courses,
        "programs": programs,
    }


def _courses(nodes: "QuerySet[LearnerPathwayCourse]") -> _Pairs:
    rows = list(
        nodes.order_by("sort_value", "pk").values(
            "pk", "step", "course", "course__key", "course__title", "course__short_description",
            "course__image", "course__card_image_url",
        )
    )  # fmt: skip
    runs = _runs({row["course"] for row in rows})
    return [
        (
            row,
            {
                "key": row["course__key"],
                "course_runs": runs[row["course"]],
                "title": row["course__title"],
                "short_description": row["course__short_description"],
                "card_image_url": _copy(row["course__image"], "small")
                or row["course__card_image_url"],
                "content_type": "course",
            },
        )
        for row in rows
    ]


def _programs(nodes: "QuerySet[LearnerPathwayProgram]") -> _Pairs:
    rows = list(
        nodes.order_by("sort_value", "pk").values(
            "pk", "step", "program", "program__uuid", "program__title", "program__subtitle",
            "program__card_image",
        )
    )  # fmt: skip
    members = _members({row["program"] for row in rows})
    return [
        (
            row,
            {
                "uuid": str(row["program__uuid"]),
                "title": row["program__title"],
                "short_description": row["program__subtitle"],
                "card_image_url": _copy(row["program__card_image"], "card"),
                "content_type": "program",
                "courses": members[row["program"]],
            },
        )
        for row in rows
    ]


def _members(programs: Collection[int]) -> defaultdict[int, list[Rendered]]:
    """The courses of programs by the programs' primary keys, in their order; two queries."""
    links = list(
        ProgramCourse.objects.filter(program__in=programs)
        .order_by("sort_value", "pk")
        .values_list("program", "course", "course__key")
    )
    runs = _runs({course for _program, course, _key in links})
    found: defaultdict[int, list[Rendered]] = defaultdict(list)
    for program, course, key in links:
        found[program].append({"key": key, "course_runs": runs[course]})
    return found


def _runs(courses: Collection[int]) -> defaultdict[int, list[Rendered]]:
    """The published runs of courses by the courses' primary keys; one query."""
    found: defaultdict[int, list[Rendered]] = defaultdict(list)
    rows = CourseRun.objects.filter(course__in=courses, status=CourseRunStatus.PUBLISHED)
    for course, key, restriction in rows.order_by("pk").values_list(
        "course", "key", "restricted_run__restriction_type"
    ):
        found[course].append({"key": key, "_restriction_type": restriction})
    return found


def _copy(image: str | None, variation: str) -> str | None:
    return media_url(variation_name(image, variation)) if image else None


def _by_owner(pairs: _Pairs, owner: str) -> defaultdict[int, list[Rendered]]:
    found: defaultdict[int, list[Rendered]] = defaultdict(list)
    for row, rendered in pairs:
        found[row[owner]].append(rendered)
    return found
