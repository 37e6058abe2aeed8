"""Who may do what with courses (decisions 2 and 3). Each rule is one filter of rows.

A predicate asks the filter, so that a list, an answer's `editable` and a refusal cannot disagree.
Being a superuser gives nothing here.
"""

from typing import Any

from django.db.models import F, Q, QuerySet

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
    links = CourseAuthor.objects.filter(organization__organization_extension__group__user=user.pk)
    return Q(**{f"{course}__in": links.values("course")})


def _edits(user: Any, course: str) -> Q:
    """Courses that the user edits; where nobody does, those of the user's organizations.

    An editor who works for none of a course's organizations any more does not count.
    """
    editors = CourseEditor.objects.filter(
        user__groups__organization_extension__organization__authored_courses=F("course")
    )
    is_editor = _course_or_draft(course, editors.filter(user=user.pk))
    return _authored(user, course) & (is_editor | ~_course_or_draft(course, editors))


def _course_or_draft(course: str, editors: QuerySet[CourseEditor]) -> Q:
    """Courses that have one of the editors, themselves or by their draft."""
    draft = "draft_version" if course == "pk" else f"{course}__draft_version"
    edited = editors.values("course")
    return Q(**{f"{course}__in": edited}) | Q(**{f"{draft}__in": edited})
