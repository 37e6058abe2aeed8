"""Collaborators as they are answered."""

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.shapes.person import CopiesField
from course_discovery.core.rest.picture import PictureField


class CollaboratorShape(Shape):
    """Who made a course together with its authors."""

    name = serializers.CharField()
    image = CopiesField()
    image_url = serializers.CharField(allow_null=True)
    uuid = serializers.UUIDField()


class CollaboratorBody(Shape):
    """What a caller tells of a collaborator; everything else in a body is ignored."""

    name = serializers.CharField(max_length=255)
    image = PictureField()
    org = serializers.CharField(
        required=False, allow_null=True, allow_blank=True,
        help_text="key of an organization that the caller works for",
    )  # fmt: skip
