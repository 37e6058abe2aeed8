"""Hits of searches with everything there is of them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from course_discovery.api.v1.shapes.course import CourseShape
from course_discovery.api.v1.shapes.course_run import CourseRunFullShape
from course_discovery.api.v1.shapes.learner_pathway import LearnerPathwayShape
from course_discovery.api.v1.shapes.person import PersonShape
from course_discovery.api.v1.shapes.program import ProgramShape
from course_discovery.api.v1.shapes.search import SearchPageShape, any_of


class FoundCourseShape(CourseShape):
    """A course that was found."""

    content_type = serializers.CharField()


class FoundCourseRunShape(CourseRunFullShape):
    """A course run that was found."""

    content_type = serializers.CharField()


class FoundProgramShape(ProgramShape):
    """A program that was found."""

    content_type = serializers.CharField()


class FoundPersonShape(PersonShape):
    """A person who was found."""

    content_type = serializers.CharField()


class FoundLearnerPathwayShape(LearnerPathwayShape):
    """A learner pathway that was found."""

    content_type = serializers.CharField()


# The shapes of details by their `content_type`.
DETAILS: dict[str, Any] = {
    "course": FoundCourseShape,
    "courserun": FoundCourseRunShape,
    "program": FoundProgramShape,
    "person": FoundPersonShape,
    "learnerpathway": FoundLearnerPathwayShape,
}


@extend_schema_field(any_of("Found", DETAILS, many=True))
class DetailsField(serializers.ListField):
    """Hits, each as its own address shows it."""


class DetailsPageShape(SearchPageShape):
    """A page of hits with everything there is of them."""

    results = DetailsField()
