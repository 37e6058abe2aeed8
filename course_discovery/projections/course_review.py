"""Survey results of courses as readers see them."""

from collections.abc import Collection
from typing import Any

from course_discovery.course_metadata.models import CourseReview


def render_course_reviews(keys: Collection[str]) -> dict[str, dict[str, Any]]:
    """Reviews by course key; one query. The goal is named in the active language."""
    return {
        review.pk: {
            "course_key": review.course_key,
            "reviews_count": review.reviews_count,
            "avg_course_rating": f"{review.avg_course_rating:.6f}",
            "confident_learners_percentage": f"{review.confident_learners_percentage:.6f}",
            "most_common_goal": review.get_most_common_goal_display(),
            "most_common_goal_learners_percentage": (
                f"{review.most_common_goal_learners_percentage:.6f}"
            ),
            "total_enrollments": review.total_enrollments,
        }
        for review in CourseReview.objects.filter(pk__in=keys)
    }
