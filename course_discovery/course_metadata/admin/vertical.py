"""The taxonomy of verticals in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.admin.base.inline import PartInline
from course_discovery.course_metadata.models import CourseVertical, SubVertical, Vertical


class SubVerticalInline(PartInline):
    """The narrower fields."""

    model = SubVertical
    prepopulated_fields = {"slug": ("name",)}
    show_change_link = True


@admin.register(Vertical)
class VerticalAdmin(HistoryAdmin):
    """Broad fields."""

    list_display = ("name", "slug", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (SubVerticalInline,)


@admin.register(SubVertical)
class SubVerticalAdmin(HistoryAdmin):
    """Narrower fields."""

    list_display = ("name", "slug", "vertical", "is_active")
    list_filter = ("is_active", "vertical")
    list_select_related = ("vertical",)
    search_fields = ("name", "slug", "vertical__name")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(CourseVertical)
class CourseVerticalAdmin(HistoryAdmin):
    """Where official courses stand in the taxonomy."""

    list_display = ("course", "vertical", "sub_vertical")
    list_filter = ("vertical", "sub_vertical")
    list_select_related = ("course", "vertical", "sub_vertical")
    search_fields = ("course__key", "course__title")
    fixed_fields = ("course",)
