"""What drafts say that their official rows do not, and what publishing them would do."""

from typing import Any

from drf_spectacular.utils import extend_schema
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.diff_publication import PublicationShape, foretold
from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.projected import uuid_or_none
from course_discovery.core.fields import fold
from course_discovery.core.rest.request import CatalogView
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.publisher.operations.rehearsal import rehearse_course, rehearse_course_run
from course_discovery.publisher.queries.differences import differences
from course_discovery.publisher.queries.unpublished_changes import has_unpublished_changes
from course_discovery.publisher.roles import readable_course_runs, readable_courses
from course_discovery.publisher.states import (
    MEANINGS,
    NoSuchTransition,
    Trigger,
    transition_by,
)

Answer = dict[str, Any]


class DifferenceShape(Shape):
    """A field that draft and official row have different values for."""

    field = serializers.CharField(help_text="what is inside another field after a dot")
    draft = serializers.JSONField(allow_null=True)
    official = serializers.JSONField(allow_null=True)


class SubmissionShape(Shape):
    """What `draft=false` would do with the draft as it is."""

    status = serializers.CharField(help_text="of the draft, afterwards")
    publishes = serializers.BooleanField(help_text="whether the official row is written at once")
    effects = serializers.ListField(child=serializers.CharField())


class CourseRunDiffShape(Shape):
    """A draft run against its official row."""

    publication = PublicationShape(allow_null=True, help_text="null if it is refused")
    refusal = serializers.CharField(help_text="why the draft cannot be published, or empty")

    key = serializers.CharField()
    status = serializers.CharField()
    is_official = serializers.BooleanField(help_text="whether it has an official row")
    differences = DifferenceShape(many=True)
    submission = SubmissionShape(allow_null=True, help_text="null while it is in review")


class RunOfCourseShape(Shape):
    """A run of the course; its own diff tells more."""

    key = serializers.CharField()
    status = serializers.CharField()
    has_unpublished_changes = serializers.BooleanField()


class CourseDiffShape(Shape):
    """A draft course against its official row.

    It is published with those of its runs that are published and open, or by its first run.
    """

    publication = PublicationShape(allow_null=True, help_text="null if it is refused")
    refusal = serializers.CharField(help_text="why the draft cannot be published, or empty")

    key = serializers.CharField()
    is_official = serializers.BooleanField(help_text="whether it has an official row")
    differences = DifferenceShape(many=True)
    course_runs = RunOfCourseShape(many=True)


class DiffView(CatalogView):
    """Drafts against what is published, for those who may read drafts."""

    permission_classes = (IsAuthenticated, NotJwtRestrictedApplication)


class CourseDiffView(DiffView):
    """A course's diff."""

    @extend_schema(
        operation_id="v1_courses_diff",
        summary="What of a draft course is not published, and what publishing it would do",
        responses=CourseDiffShape,
    )
    def get(self, request: Request, name: str) -> Response:
        """The differences, field by field."""
        courses = Course.everything.filter(partner=self.request.partner)
        found = _named(courses, name)
        if "\0" in name or not readable_courses(self.request.user, found).exists():
            raise NotFound(f"No course matches {name!r}.")
        draft, official = _draft_and_official(found)
        return Response(
            {
                "key": draft.key,
                "is_official": official is not None,
                "differences": _differences(draft, official),
                "course_runs": _runs(draft),
                **foretold(
                    lambda look: rehearse_course(course=draft, now=self.request.moment, look=look),
                    user=self.request.user,
                    now=self.request.moment,
                ),
            }
        )


class CourseRunDiffView(DiffView):
    """A run's diff."""

    @extend_schema(
        operation_id="v1_course_runs_diff",
        summary="What of a draft run is not published, and what publishing it would do",
        responses=CourseRunDiffShape,
    )
    def get(self, request: Request, name: str) -> Response:
        """The differences, field by field."""
        runs = CourseRun.everything.filter(course__partner=self.request.partner)
        found = _named(runs, name)
        if "\0" in name or not readable_course_runs(self.request.user, found).exists():
            raise NotFound(f"No course run matches {name!r}.")
        draft, official = _draft_and_official(found)
        return Response(
            {
                "key": draft.key,
                "status": draft.status,
                "is_official": official is not None,
                "differences": _differences(draft, official),
                "submission": _submission(draft.status),
                **foretold(
                    lambda look: rehearse_course_run(run=draft, now=self.request.moment, look=look),
                    user=self.request.user,
                    now=self.request.moment,
                ),
            }
        )


def _named(rows: Any, name: str) -> Any:
    uuid = uuid_or_none(name)
    return rows.filter(uuid=uuid) if uuid else rows.filter(key_folded=fold(name))


def _draft_and_official(found: Any) -> tuple[Any, Any]:
    """The draft, or what stands for it where there is none; and the official row, if any."""
    rows = {row.draft: row for row in found}
    return rows.get(True) or rows[False], rows.get(False)


def _differences(draft: Any, official: Any) -> list[Answer]:
    if official is not None and official.pk == draft.pk:
        return []
    return [each._asdict() for each in differences(draft, official)]


def _runs(draft: Course) -> list[Answer]:
    runs = draft.course_runs.order_by("pk")
    changed = set(runs.filter(has_unpublished_changes(CourseRun)).values_list("pk", flat=True))
    return [
        {"key": run.key, "status": run.status, "has_unpublished_changes": run.pk in changed}
        for run in runs
    ]


def _submission(status: str) -> Answer | None:
    try:
        transition = transition_by(status, Trigger.SUBMIT)
    except NoSuchTransition:
        return None
    return {
        "status": transition.target,
        "publishes": transition.writes_official,
        "effects": [str(MEANINGS[each]) for each in transition.effects],
    }
