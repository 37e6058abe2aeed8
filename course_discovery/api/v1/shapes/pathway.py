"""Pathways as they are answered."""

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.shapes.program import ProgramMinShape
from course_discovery.course_metadata.models.pathway import PathwayStatus, PathwayType


class PathwayShape(Shape):
    """A pathway with its programs."""

    id = serializers.IntegerField()
    uuid = serializers.UUIDField()
    name = serializers.CharField()
    org_name = serializers.CharField()
    email = serializers.CharField(allow_blank=True)
    programs = ProgramMinShape(many=True)
    description = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(PathwayStatus.choices)
    destination_url = serializers.CharField(allow_null=True)
    pathway_type = serializers.ChoiceField(PathwayType.choices)
    course_run_statuses = serializers.ListField(child=serializers.CharField())
