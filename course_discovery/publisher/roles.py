"""Who may do what with courses (decisions 2 and 3). Each rule is one filter of rows.

A predicate asks the filter, so that a list, an answer's `editable` and a refusal cannot disagree.
Being a superuser gives nothing here.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from course_discovery.course_metadata.models import (
    Course,
    CourseAuthor,
    CourseEditor,
    CourseRun,
    Organization,
)


def is_publisher_user(user: Any) -> bool:
    """Whether the user may see drafts at all: staff, and whoever is in a group."""
    return bool(user.is_staff or user.groups.exists())


def organizations_of(user: Any) -> QuerySet[Organization]:
    """The organizations that the user works for: those whose group the user is in."""
    return Organization.objects.filter(organization_extension__group__user=user.pk)


def courses_of_own_organizations(user: Any, courses: QuerySet[Course]) -> QuerySet[Course]:
    """Those of the courses whose drafts the user may see; all of them for staff."""
    return courses if user.is_staff else courses.filter(_authored(user, "pk"))


def editable_courses(user: Any, courses: QuerySet[Course]) -> QuerySet[Course]:
    """Those of the courses that the user may edit; all of them for staff."""
    return courses if user.is_staff else courses.filter(_edits(user, "pk"))


def editable_course_runs(user: Any, runs: QuerySet[CourseRun]) -> QuerySet[CourseRun]:
    """Those of the runs whose course the user may edit; all of them for staff."""
    return runs if user.is_staff else runs.filter(_edits(user, "course"))


def may_edit_course(user: Any, course: Course) -> bool:
    """Whether the user may edit the course."""
    return editable_courses(user, Course.everything.filter(pk=course.pk)).exists()


def _authored(user: Any, course: str) -> Q:
    """Courses of an organization that the user works for."""
    links = CourseAuthor.objects.filter(
        course=OuterRef(course), organization__organization_extension__group__user=user.pk
    )
    return Q(Exists(links))


def _edits(user: Any, course: str) -> Q:
    """Courses that the user edits; where nobody does, those of the user's organizations.

    An editor who works for none of a course's organizations any more does not count.
    """
    editors = _editors_at_work(course)
    is_editor, has_editors = Q(Exists(editors.filter(user=user.pk))), Q(Exists(editors))
    return _authored(user, course) & (is_editor | ~has_editors)


def _editors_at_work(course: str) -> QuerySet[CourseEditor]:
    """The editors of a course, or of its draft, who work for one of its organizations."""
    row = OuterRef(course)
    return CourseEditor.objects.filter(
        Q(course=row) | Q(course__official_version=row),
        user__groups__organization_extension__organization__authored_courses=row,
    )
