"""Types of course runs in the admin (decision 9: operators make their own)."""

from typing import Any

from django.contrib import admin
from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.models import CourseRunType


@admin.register(CourseRunType)
class CourseRunTypeAdmin(HistoryAdmin):
    """Types of runs."""

    list_display = ("name", "slug", "is_marketable")
    list_filter = ("is_marketable",)
    search_fields = ("name", "slug", "uuid")
    readonly_fields = ("uuid",)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """The type with what its tracks are called after."""
        row = super().get_object(request, object_id, from_field)
        prefetch_related_objects([row] if row else [], "tracks__mode", "tracks__seat_type")
        return row
