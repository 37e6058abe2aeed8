"""Types of courses and runs in the admin (decision 9: operators make their own)."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from course_discovery.course_metadata.models import (
    CourseRunType,
    CourseType,
    CourseTypeRunType,
    Mode,
    SeatType,
    Track,
)


@admin.register(SeatType)
class SeatTypeAdmin(admin.ModelAdmin[SeatType]):
    """Kinds of seats."""

    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Mode)
class ModeAdmin(SimpleHistoryAdmin):  # type: ignore[misc] # simple_history ships no types
    """Modes of the platform."""

    list_display = ("name", "slug", "certificate_type", "payee")
    search_fields = ("name", "slug")


@admin.register(Track)
class TrackAdmin(SimpleHistoryAdmin):  # type: ignore[misc] # simple_history ships no types
    """Tracks."""

    list_display = ("mode", "seat_type")
    list_select_related = ("mode", "seat_type")
    search_fields = ("mode__name", "seat_type__name")


@admin.register(CourseRunType)
class CourseRunTypeAdmin(SimpleHistoryAdmin):  # type: ignore[misc] # simple_history, untyped
    """Types of runs."""

    list_display = ("name", "slug", "is_marketable")
    search_fields = ("name", "slug")
    filter_horizontal = ("tracks",)
    readonly_fields = ("uuid",)


class RunTypeInline(admin.TabularInline[CourseTypeRunType, CourseType]):
    """The run types that a course type offers, in order."""

    model = CourseTypeRunType
    extra = 0


@admin.register(CourseType)
class CourseTypeAdmin(SimpleHistoryAdmin):  # type: ignore[misc] # simple_history ships no types
    """Types of courses."""

    list_display = ("name", "slug", "rank")
    search_fields = ("name", "slug")
    filter_horizontal = ("entitlement_types",)
    autocomplete_fields = ("white_listed_orgs",)
    readonly_fields = ("uuid",)
    inlines = (RunTypeInline,)
