"""Catalogs as they are told and answered."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.shapes.course import CourseShape
from course_discovery.catalogs.models import Cause


class CatalogShape(Shape):
    """A catalog."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    query = serializers.CharField()
    courses_count = serializers.IntegerField()
    viewers = serializers.ListField(child=serializers.CharField(), help_text="names of users")
    query_error = serializers.CharField(
        required=False, help_text="only where the courses cannot be told: why"
    )


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class ViewersField(serializers.Field[Any, Any, Any, Any]):
    """Names of users: a list, or a text with commas; a form may repeat it."""

    default_error_messages = {"invalid": "Must be a list of names of users."}

    def get_value(self, dictionary: Any) -> Any:
        """What a form or a JSON object says."""
        if hasattr(dictionary, "getlist") and self.field_name in dictionary:
            return ",".join(dictionary.getlist(self.field_name))
        return dictionary.get(self.field_name, serializers.empty)

    def to_internal_value(self, data: Any) -> list[str]:
        """The names, each once."""
        given = data.split(",") if isinstance(data, str) else data
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            self.fail("invalid")
        if any("\x00" in each for each in given):
            self.fail("invalid")
        return list(dict.fromkeys(each.strip() for each in given if each.strip()))


class CatalogBody(serializers.Serializer[Any]):
    """What a caller tells of a catalog; everything else in a body is ignored."""

    name = serializers.CharField(max_length=255)
    query = serializers.CharField()
    viewers = ViewersField(required=False)


class CatalogCourseShape(CourseShape):
    """A course of a catalog, with the runs that can be taken now."""

    programs = None  # type: ignore[assignment] # takes an inherited field away
    course_run_keys = None  # type: ignore[assignment]
    editable = None  # type: ignore[assignment]
    advertised_course_run_uuid = None  # type: ignore[assignment]


class MemberChangeShape(Shape):
    """That a catalog gained or lost a course, a run or a program."""

    number = serializers.IntegerField(help_text="rises; what `since` takes")
    operation = serializers.ChoiceField(["gained", "lost"])
    kind = serializers.ChoiceField(["course", "course_run", "program"])
    uuid = serializers.UUIDField()
    key = serializers.CharField(help_text="of a program its uuid")
    restriction_type = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()
    cause = serializers.ChoiceField(Cause.choices)
    change = serializers.IntegerField(
        allow_null=True, help_text="number of the change that led to it; null where none did"
    )
