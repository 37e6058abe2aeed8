"""Recommendations in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import CourseRecommendation


@admin.register(CourseRecommendation)
class CourseRecommendationAdmin(CatalogAdmin):
    """How much courses have in common."""

    list_display = (
        "course", "recommended_course", "skills_intersection_ratio", "subjects_intersection_ratio",
    )  # fmt: skip
    list_select_related = ("course", "recommended_course")
    search_fields = ("course__key", "recommended_course__key")
    fixed_fields = ("course", "recommended_course")
