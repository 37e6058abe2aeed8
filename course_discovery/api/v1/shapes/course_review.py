"""Survey results of courses as they are answered."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from course_discovery.api.v1.nested import Shape


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A course that is liked",
            {
                "course_key": "NorthU+PHY101",
                "reviews_count": 57,
                "avg_course_rating": "4.200000",
                "confident_learners_percentage": "80.000000",
                "most_common_goal": "Learn valuable skills",
                "most_common_goal_learners_percentage": "40.000000",
                "total_enrollments": 4689,
            },
        )
    ]
)
class CourseReviewShape(Shape):
    """What learners say of a course."""

    course_key = serializers.CharField()
    reviews_count = serializers.IntegerField()
    avg_course_rating = serializers.CharField(help_text="decimal string of six places")
    confident_learners_percentage = serializers.CharField(help_text="decimal string of six places")
    most_common_goal = serializers.CharField()
    most_common_goal_learners_percentage = serializers.CharField(
        help_text="decimal string of six places"
    )
    total_enrollments = serializers.IntegerField()
