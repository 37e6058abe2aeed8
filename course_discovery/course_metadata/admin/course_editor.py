"""Who edits courses, in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.inline import PartInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import CourseEditor


class EditorInline(PartInline):
    """Who edits the course."""

    model = CourseEditor


@admin.register(CourseEditor)
class CourseEditorAdmin(CatalogAdmin):
    """Editors of all courses."""

    list_display = ("user", "course", "created")
    list_select_related = ("user", "course")
    search_fields = ("user__username", "user__email", "course__key", "course__title")
    date_hierarchy = "created"
    fixed_fields = ("course",)
