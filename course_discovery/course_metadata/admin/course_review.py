"""Reviews in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import CourseReview


@admin.register(CourseReview)
class CourseReviewAdmin(CatalogAdmin):
    """What learners say of courses."""

    list_display = ("course_key", "reviews_count", "avg_course_rating", "most_common_goal")
    list_filter = ("most_common_goal",)
    search_fields = ("course_key",)
    fixed_fields = ("course_key",)
