"""Program types as they are answered."""

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.shapes.person import CopiesField


class ProgramTypeShape(Shape):
    """A program type, in the language asked for."""

    uuid = serializers.UUIDField()
    name = serializers.CharField()
    logo_image = CopiesField()
    applicable_seat_types = serializers.ListField(
        child=serializers.CharField(), help_text="slugs of seat types that count"
    )
    slug = serializers.CharField()
    coaching_supported = serializers.BooleanField()
