"""Editors of courses as readers see them."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet

from course_discovery.course_metadata.models import CourseEditor
from course_discovery.projections.group_user import COLUMNS, group_user

_COLUMNS = ("pk", "course_id", "course__uuid", *(f"user__{name}" for name in COLUMNS))


def render_course_editors(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """Editors by primary key; one query."""
    rows = CourseEditor.objects.filter(pk__in=pks)
    return {editor["id"]: editor for _course, editor in _rendered(rows)}


def editors_of_courses(courses: Collection[int]) -> list[tuple[int, dict[str, Any]]]:
    """Primary keys of courses, each with one of its editors, first come first; one query."""
    return list(_rendered(CourseEditor.objects.filter(course_id__in=courses).order_by("pk")))


def _rendered(editors: QuerySet[CourseEditor]) -> Iterator[tuple[int, dict[str, Any]]]:
    for row in editors.values(*_COLUMNS):
        yield (
            row["course_id"],
            {
                "id": row["pk"],
                "user": group_user(row, "user__"),
                "course": str(row["course__uuid"]),
            },
        )
