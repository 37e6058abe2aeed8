"""Editors of courses as they are answered."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from course_discovery.api.v1.nested import Shape


class EditingUserShape(Shape):
    """Who edits."""

    id = serializers.IntegerField()
    full_name = serializers.CharField(help_text="the user name where there is none")
    email = serializers.CharField(allow_blank=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An editor",
            {
                "id": 193,
                "user": {"id": 7, "full_name": "Ann Lee", "email": "ann@example.com"},
                "course": "7b3e1062-df91-435a-add9-9e490ec124e8",
            },
        )
    ]
)
class CourseEditorShape(Shape):
    """That somebody may edit a course."""

    id = serializers.IntegerField()
    user = EditingUserShape()
    course = serializers.UUIDField(help_text="uuid of the course")


class CourseEditorBody(Shape):
    """Who shall edit a course: the caller, where nobody is told."""

    course = serializers.UUIDField(help_text="uuid of the course")
    user_id = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=2**63 - 1
    )
