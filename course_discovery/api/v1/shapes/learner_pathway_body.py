"""Learner pathways as they are told."""

from typing import Any

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.writing import WholeShape
from course_discovery.core.rest.picture import PictureField
from learner_pathway.models import LearnerPathwayStatus, ScopeKind

_MOST = 1000


class _CourseField(serializers.CharField):
    """The key of a course, alone or as answers have it."""

    def to_internal_value(self, data: Any) -> str:
        """The key."""
        key: Any = data.get("key") if isinstance(data, dict) else data
        return super().to_internal_value(key)


class _ProgramField(serializers.UUIDField):
    """The uuid of a program, alone or as answers have it."""

    def to_internal_value(self, data: Any) -> Any:
        """The uuid."""
        uuid: Any = data.get("uuid") if isinstance(data, dict) else data
        return super().to_internal_value(uuid)


class BlockBody(WholeShape):
    """A block of a course."""

    course = serializers.CharField(max_length=255, help_text="key of the course")
    block_id = serializers.CharField(max_length=255, help_text="usage key")


class StepBody(WholeShape):
    """A step; one with a uuid is there already, and keeps what is not told."""

    uuid = serializers.UUIDField(required=False)
    min_requirement = serializers.IntegerField(required=False, min_value=1, max_value=32767)
    courses = serializers.ListField(
        child=_CourseField(max_length=255), required=False, max_length=_MOST, help_text="keys"
    )
    programs = serializers.ListField(
        child=_ProgramField(), required=False, max_length=_MOST, help_text="uuids"
    )
    blocks = BlockBody(many=True, required=False)


class ScopeBody(WholeShape):
    """An enterprise, or a group of learners, that a pathway is for."""

    kind = serializers.ChoiceField(ScopeKind.choices)
    uuid = serializers.UUIDField()


class LearnerPathwayBody(Shape):
    """What a caller tells of a pathway; everything else in a body is ignored."""

    title = serializers.CharField(max_length=255)
    status = serializers.ChoiceField(LearnerPathwayStatus.choices, required=False)
    overview = serializers.CharField(required=False, allow_blank=True, help_text="HTML")
    visible_via_association = serializers.BooleanField(required=False)
    banner_image = PictureField(required=False)
    card_image = PictureField(required=False)
    steps = StepBody(many=True, required=False, help_text="all of them, in their order")
    scopes = ScopeBody(
        many=True, required=False, help_text="all that it is for; [] = for everybody"
    )
