"""Restricted internal users only read in the admin too (decision 17)."""

from collections.abc import Callable
from typing import Any

from course_discovery.course_metadata.models import (
    Collaborator,
    Course,
    CourseEditor,
    CourseEntitlement,
    CourseRun,
    CourseUrlRedirect,
    CourseUrlSlug,
    Person,
    RestrictedCourseRun,
    Seat,
)
from course_discovery.publisher.roles import (
    is_restricted,
    may_edit_course,
    organizations_written_for,
)


def _own_course(row: Any) -> Course:
    course: Course = row.course
    return course


def _course_of_run(row: Any) -> Course:
    course: Course = row.course_run.course
    return course


# The course that a row says something of.
_COURSES: dict[Any, Callable[[Any], Course]] = {
    Course: lambda row: row,
    CourseRun: _own_course,
    CourseEditor: _own_course,
    CourseEntitlement: _own_course,
    CourseUrlRedirect: _own_course,
    CourseUrlSlug: _own_course,
    Seat: _course_of_run,
    RestrictedCourseRun: _course_of_run,
}


def may_write_in_admin(user: Any, model: Any, row: Any) -> bool:
    """Whether the user is free to write, or may write this row all the same.

    New rows, and many at once, are for who is free: their forms could name any course.
    """
    if model not in _COURSES and model not in (Person, Collaborator):
        return True
    if not is_restricted(user):
        return True
    if model in _COURSES:
        return row is not None and may_edit_course(user, _COURSES[model](row))
    return organizations_written_for(user).exists()
