"""Who edits courses (decision 3)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, CourseEditor
from course_discovery.course_metadata.operations.running import Refusal, operation
from course_discovery.publisher.roles import may_become_editor, may_edit_course


class EditsAlready(Refusal):
    """A person who is an editor of the course already."""


@operation
def add_course_editor(*, course: Course, user: User, by: Any) -> CourseEditor:
    """Let the user edit the course.

    Raises PermissionDenied if `by` may not edit it, or if the user works for none of its authors;
    EditsAlready.
    """
    _require_edit(by, course)
    if not may_become_editor(user, course):
        raise PermissionDenied(
            _("Editor does not belong to an authoring organization of this course.")
        )
    editor, made = CourseEditor.objects.get_or_create(course=course, user=user)
    if not made:
        raise EditsAlready(_("This user is an editor of the course already."))
    return editor


@operation
def remove_course_editor(*, editor: CourseEditor, by: Any) -> None:
    """Let somebody edit a course no more. Raises PermissionDenied if `by` may not edit it."""
    _require_edit(by, editor.course)
    editor.delete()


def _require_edit(user: Any, course: Course) -> None:
    if not may_edit_course(user, course):
        raise PermissionDenied(_("Only editors of the course may do this."))
