"""What hangs on courses and is not shown by their runs."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from course_discovery.course_metadata.models import (
    AdditionalPromoArea,
    Course,
    CourseCollaborator,
    CourseLearningItem,
    CourseLocationRestriction,
    CourseTopic,
    CourseUrlRedirect,
)
from course_discovery.projections.additional_metadata import render_additional_metadata
from course_discovery.projections.collaborator import render_collaborators
from course_discovery.projections.course_context import CourseContext
from course_discovery.projections.course_editor import editors_of_courses
from course_discovery.projections.geolocation import render_geolocations
from course_discovery.projections.product_value import render_product_values
from course_discovery.projections.rows import rows_by_pk
from course_discovery.projections.tag import tag_names
from course_discovery.projections.values import legacy_image, media_url

Parts = dict[str, Any]


def course_parts(contexts: dict[int, CourseContext]) -> dict[int, Parts]:
    """The parts of courses by the courses' primary keys, named as in the contract.

    At most fifteen queries, whatever the number of courses.
    """
    lists = _lists(contexts)
    shared = _shared([context.row for context in contexts.values()])
    return {
        pk: {
            **{name: found[pk] for name, found in lists.items()},
            **{name: found.get(context.row[f"{name}_id"]) for name, found in shared.items()},
            "original_image": legacy_image(media_url(context.row["image"])),
            "organization_logo_override_url": media_url(context.row["organization_logo_override"]),
            "watchers": context.row["watchers"],
        }
        for pk, context in contexts.items()
    }


def _lists(pks: Collection[int]) -> dict[str, defaultdict[int, list[Any]]]:
    """By name and by course what courses have any number of."""
    prerequisites = Course.prerequisites.through.objects.filter(course_id__in=pks)
    items = CourseLearningItem.objects.filter(course_id__in=pks)
    redirects = CourseUrlRedirect.objects.filter(course_id__in=pks)
    return {
        "prerequisites": _grouped(
            (course, {"name": name})
            for course, name in prerequisites.order_by(
                "prerequisite__created", "prerequisite_id"
            ).values_list("course_id", "prerequisite__name")
        ),
        "expected_learning_items": _grouped(
            items.order_by("sort_value", "pk").values_list(
                "course_id", "expected_learning_item__value"
            )
        ),
        "topics": tag_names(CourseTopic, pks),
        "url_redirects": _grouped(redirects.order_by("pk").values_list("course_id", "value")),
        "editors": _grouped(editors_of_courses(pks)),
        "collaborators": _collaborators(pks),
    }


def _collaborators(pks: Collection[int]) -> defaultdict[int, list[Parts]]:
    links = list(
        CourseCollaborator.objects.filter(course_id__in=pks)
        .order_by("sort_value", "pk")
        .values_list("course_id", "collaborator_id")
    )
    rendered = render_collaborators({collaborator for _course, collaborator in links})
    return _grouped((course, rendered[pk]) for course, pk in links if pk in rendered)


def _shared(rows: list[dict[str, Any]]) -> dict[str, dict[int, Parts]]:
    """By name and by primary key what courses have at most one of."""

    def used(name: str) -> set[int]:
        return {row[f"{name}_id"] for row in rows} - {None}

    return {
        "extra_description": rows_by_pk(
            AdditionalPromoArea, used("extra_description"), "title", "description"
        ),
        "additional_metadata": render_additional_metadata(used("additional_metadata")),
        "geolocation": render_geolocations(used("geolocation")),
        "location_restriction": rows_by_pk(
            CourseLocationRestriction,
            used("location_restriction"),
            "restriction_type",
            "countries",
            "states",
        ),
        "in_year_value": render_product_values(used("in_year_value")),
    }


def _grouped(pairs: Iterable[tuple[int, Any]]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
