"""Learner pathways as they are answered."""

from rest_framework import serializers

from course_discovery.api.v1.nested import Shape


class RunKeyShape(Shape):
    """A run of a course, by its key only."""

    key = serializers.CharField()


class CourseKeyShape(Shape):
    """A course of a program, by its key only."""

    key = serializers.CharField()
    course_runs = RunKeyShape(many=True, help_text="published ones")


class LearnerPathwayCourseShape(Shape):
    """A course as a node of a step."""

    key = serializers.CharField()
    course_runs = RunKeyShape(many=True, help_text="published ones")
    title = serializers.CharField(allow_null=True)
    short_description = serializers.CharField(allow_null=True)
    card_image_url = serializers.CharField(allow_null=True)
    content_type = serializers.CharField(help_text="always `course`")


class LearnerPathwayProgramShape(Shape):
    """A program as a node of a step."""

    uuid = serializers.UUIDField(help_text="of the program, not of the node")
    title = serializers.CharField()
    short_description = serializers.CharField(allow_blank=True, help_text="the subtitle")
    card_image_url = serializers.CharField(allow_null=True)
    content_type = serializers.CharField(help_text="always `program`")
    courses = CourseKeyShape(many=True)


class LearnerPathwayBlockShape(Shape):
    """A block of a course as a node of a step."""

    uuid = serializers.UUIDField()
    step = serializers.IntegerField()
    course = serializers.IntegerField()
    block_id = serializers.CharField(help_text="usage key")


class LearnerPathwayStepShape(Shape):
    """A step of a pathway."""

    uuid = serializers.UUIDField()
    min_requirement = serializers.IntegerField(help_text="how many nodes a learner must complete")
    courses = LearnerPathwayCourseShape(many=True)
    programs = LearnerPathwayProgramShape(many=True)


class LearnerPathwayShape(Shape):
    """A pathway with its steps."""

    id = serializers.IntegerField()
    uuid = serializers.UUIDField()
    title = serializers.CharField()
    status = serializers.CharField(help_text="always `active`")
    banner_image = serializers.URLField(allow_null=True)
    card_image = serializers.URLField(allow_null=True)
    overview = serializers.CharField(allow_blank=True)
    steps = LearnerPathwayStepShape(many=True)
