"""Recommended courses as they are answered."""

from rest_framework import serializers

from course_discovery.api.v1.nested import LegacyImage, OrganizationMinShape, Shape


class RecommendedCourseShape(Shape):
    """A course that is recommended."""

    key = serializers.CharField()
    uuid = serializers.UUIDField()
    title = serializers.CharField(allow_null=True)
    owners = OrganizationMinShape(many=True)
    image = LegacyImage(allow_null=True)
    short_description = serializers.CharField(allow_null=True)
    type = serializers.UUIDField(help_text="uuid of the course type")
    url_slug = serializers.CharField(allow_null=True, help_text="always null")
    course_run_keys = serializers.ListField(child=serializers.CharField())
    marketing_url = serializers.CharField(allow_null=True)


class CourseRecommendationsShape(Shape):
    """What somebody who likes a course may like too, the best first."""

    uuid = serializers.UUIDField(help_text="uuid of the course asked about")
    recommendations = RecommendedCourseShape(many=True)
