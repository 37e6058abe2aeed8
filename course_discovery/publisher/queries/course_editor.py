"""Which editors of courses a person may see."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet

from course_discovery.course_metadata.models import CourseEditor


def visible_course_editors(user: Any) -> QuerySet[CourseEditor]:
    """All editors for staff; for others those who work for one of the user's organizations.

    None without an account.
    """
    editors: QuerySet[CourseEditor] = CourseEditor.objects.all()
    if user.is_staff:
        return editors
    memberships: Any = get_user_model().groups.through
    shared = memberships.objects.filter(
        user=OuterRef("user"), group__organization_extension__isnull=False, group__user=user.pk
    )
    return editors.none() if user.is_anonymous else editors.filter(Exists(shared))
