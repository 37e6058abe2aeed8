"""What a draft run says that its official row does not, and what submitting it would do."""

from typing import Any

import orjson
from drf_spectacular.utils import extend_schema
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.projected import Rendered, public, uuid_or_none
from course_discovery.core.fields import fold
from course_discovery.core.rest.request import CatalogView
from course_discovery.course_metadata.models import CourseRun
from course_discovery.projections.stored import read
from course_discovery.publisher.roles import readable_course_runs
from course_discovery.publisher.states import (
    MEANINGS,
    NoSuchTransition,
    Trigger,
    transition_by,
)

# What follows from other values, or belongs to one row alone.
_FOLLOWS = {
    "modified", "marketing_url", "is_marketable", "is_marketable_external", "is_enrollable",
    "availability", "programs", "enrollment_count", "recent_enrollment_count", "type",
}  # fmt: skip


class DifferenceShape(Shape):
    """A field that draft and official row have different values for."""

    field = serializers.CharField()
    draft = serializers.JSONField(allow_null=True)
    official = serializers.JSONField(allow_null=True)


class SubmissionShape(Shape):
    """What `draft=false` would do with the draft as it is."""

    status = serializers.CharField(help_text="of the draft, afterwards")
    publishes = serializers.BooleanField(help_text="whether the official row is written at once")
    effects = serializers.ListField(child=serializers.CharField())


class CourseRunDiffShape(Shape):
    """A draft run against its official row."""

    key = serializers.CharField()
    status = serializers.CharField()
    is_official = serializers.BooleanField(help_text="whether it has an official row")
    differences = DifferenceShape(many=True)
    submission = SubmissionShape(allow_null=True, help_text="null while it is in review")


class CourseRunDiffView(CatalogView):
    """Drafts against what is published, for those who may read them."""

    permission_classes = (IsAuthenticated, NotJwtRestrictedApplication)

    @extend_schema(
        operation_id="v1_course_runs_diff",
        summary="What of a draft run is not published, and what submitting it would do",
        responses=CourseRunDiffShape,
    )
    def get(self, request: Request, name: str) -> Response:
        """The differences, field by field."""
        rows = self._rows(name)
        draft = rows.get(True) or rows[False]
        official = rows.get(False)
        said = self._said([row.pk for row in rows.values()])
        differences = []
        if official is not None and official.pk != draft.pk:
            differences = _differences(said.get(draft.pk, {}), said.get(official.pk, {}))
        elif official is None:
            differences = _differences(said.get(draft.pk, {}), {})
        return Response(
            {
                "key": draft.key,
                "status": draft.status,
                "is_official": official is not None,
                "differences": differences,
                "submission": _submission(draft.status),
            }
        )

    def _rows(self, name: str) -> dict[bool, CourseRun]:
        """The rows of the run, by whether they are drafts. Raises NotFound."""
        uuid = uuid_or_none(name)
        runs = CourseRun.everything.filter(course__partner=self.request.partner)
        named = runs.filter(uuid=uuid) if uuid else runs.filter(key_folded=fold(name))
        if "\0" in name or not readable_course_runs(self.request.user, named).exists():
            raise NotFound(f"No course run matches {name!r}.")
        return {row.draft: row for row in named}

    def _said(self, pks: list[int]) -> dict[int, Rendered]:
        found = read("course_run", pks, now=self.request.moment, language="en")
        return {pk: public(orjson.loads(row.body)) for pk, row in found.items()}


def _differences(draft: Rendered, official: Rendered) -> list[Rendered]:
    return [
        {"field": name, "draft": value, "official": official.get(name)}
        for name, value in draft.items()
        if name not in _FOLLOWS and value != official.get(name)
    ]


def _submission(status: str) -> dict[str, Any] | None:
    try:
        transition = transition_by(status, Trigger.SUBMIT)
    except NoSuchTransition:
        return None
    return {
        "status": transition.target,
        "publishes": transition.writes_official,
        "effects": [str(MEANINGS[each]) for each in transition.effects],
    }
