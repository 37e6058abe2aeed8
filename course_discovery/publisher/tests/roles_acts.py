"""What the table of roles names, as operations and predicates."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseRunType,
    CourseType,
    Organization,
    Source,
)
from course_discovery.publisher import roles
from course_discovery.publisher.operations.course import delete_course, edit_course
from course_discovery.publisher.operations.course_creating import create_course
from course_discovery.publisher.operations.course_editor import (
    add_course_editor,
    remove_course_editor,
)
from course_discovery.publisher.operations.course_run.creating import create_course_run
from course_discovery.publisher.operations.course_run.deleting import delete_course_run
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.reviewing import review_course_run
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.tests.course_runs import NOW
from course_discovery.publisher.tests.roles_stage import (
    COMMENT,
    LATER,
    PRICE,
    RESTRICTION,
    SLUG,
    TITLE,
    WATCHERS,
    WEEKS,
    Stage,
)

Operate = Callable[[Stage, Any], Any]


def _create(stage: Stage, by: Any) -> None:
    create_course(
        values={
            "title": "New", "number": "NEW1",
            "organization": Organization.objects.get(key="NorthU"),
            "type": CourseType.objects.get(slug="verified-audit"),
            "product_source": Source.objects.get(slug="edx"),
        },
        by=by, now=NOW,
    )  # fmt: skip


def _add_run(stage: Stage, by: Any) -> None:
    run_type = CourseRunType.objects.get(slug="verified-audit").uuid
    told = ToldRun(values={"start": NOW, "end": LATER, "run_type": run_type})
    course = stage.stored_course
    create_course_run(partner=course.partner, course_key=course.key, told=told, by=by, now=NOW)


def _edit_course(draft: bool = True, **values: Any) -> Operate:
    return lambda stage, by: edit_course(
        course=stage.stored_course,
        values=values,  # type: ignore[arg-type] # names of fields
        draft=draft,
        by=by,
        now=NOW,
    )


def _edit(submitted: bool = False, **told: Any) -> Operate:
    return lambda stage, by: edit_course_run(
        run=stage.stored_run, told=ToldRun(submitted=submitted, **told), by=by, now=NOW
    )


def _review(status: str, **embargo: Any) -> Operate:
    return lambda stage, by: review_course_run(
        run=stage.stored_run,
        status=status,
        embargo=embargo,  # type: ignore[arg-type] # names of fields
        by=by,
        now=NOW,
    )


def _sees_course(stage: Stage, by: Any) -> None:
    rows = Course.everything.filter(pk=stage.course.pk)
    if not (roles.is_publisher_user(by) and roles.readable_courses(by, rows).exists()):
        raise PermissionDenied


def _sees_run(stage: Stage, by: Any) -> None:
    rows = CourseRun.everything.filter(pk=stage.run.pk)
    if not (roles.is_publisher_user(by) and roles.readable_course_runs(by, rows).exists()):
        raise PermissionDenied


# By the names of acts. What is not here has no operation: official rows are for whoever has signed
# on, and no operation has a word for what nobody may tell.
OPERATIONS: dict[str, Operate] = {
    "course create all": _create,
    "course read draft": _sees_course,
    "course edit reviewed": _edit_course(title=TITLE),
    "course edit unreviewed": _edit_course(watchers=WATCHERS),
    "course edit address": _edit_course(url_slug=SLUG),
    "course edit prices": _edit_course(prices={"verified": PRICE}),
    "course submit reviewed": _edit_course(draft=False, title=TITLE),
    "course delete all": lambda stage, by: delete_course(course=stage.stored_course, by=by),
    "course add-run all": _add_run,
    "course add-editor -": lambda stage, by: add_course_editor(
        course=stage.stored_course, user=stage.nina, by=by
    ),
    "course remove-editor -": lambda stage, by: remove_course_editor(editor=stage.editor, by=by),
    "run read draft": _sees_run,
    "run read diff": _sees_run,
    "run edit unreviewed": _edit(values={"weeks_to_complete": WEEKS}),
    "run edit reviewed": _edit(values={"title": TITLE}),
    "run schedule go-live": _edit(values={"go_live_date": LATER}),
    "run edit prices": _edit(prices={"verified": PRICE}),
    "run edit deadline": _edit(upgrade_deadline_override=LATER),
    "run edit restriction": _edit(restriction_type=RESTRICTION),
    "run edit status": _review("published"),
    "run submit unreviewed": _edit(submitted=True),
    "run submit reviewed": _edit(submitted=True, values={"title": TITLE}),
    "run legal-review embargo": _review("review_by_internal", ofac_comment=COMMENT),
    "run publish status": _review("reviewed"),
    "run unpublish status": _review("unpublished"),
    "run delete all": lambda stage, by: delete_course_run(run=stage.stored_run, by=by, now=NOW),
}
WORDLESS = {
    "course read official", "course edit key", "run read official", "run edit key",
    "run edit course", "run edit embargo",
}  # fmt: skip
