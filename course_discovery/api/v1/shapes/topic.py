"""Topics as they are answered."""

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape


class TopicShape(Shape):
    """A topic, in the language asked for."""

    name = serializers.CharField()
    subtitle = serializers.CharField(allow_null=True)
    description = serializers.CharField(allow_null=True)
    long_description = serializers.CharField(allow_null=True)
    banner_image_url = serializers.CharField(allow_null=True)
    slug = serializers.CharField()
    uuid = serializers.UUIDField()
