"""Collaborators as they are answered."""

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.shapes.person import CopiesField


class CollaboratorShape(Shape):
    """Who made a course together with its authors."""

    name = serializers.CharField()
    image = CopiesField()
    image_url = serializers.CharField(allow_null=True)
    uuid = serializers.UUIDField()
