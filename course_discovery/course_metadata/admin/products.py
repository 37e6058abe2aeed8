"""Seats, entitlements and the like by themselves, for looking them up across runs."""

from django.contrib import admin

from course_discovery.course_metadata.admin.draft import DraftPartAdmin
from course_discovery.course_metadata.models import (
    CourseEntitlement,
    CourseUrlSlug,
    RestrictedCourseRun,
    Seat,
)


@admin.register(Seat)
class SeatAdmin(DraftPartAdmin):
    """Seats, drafts too."""

    owner = "course_run"
    list_display = ("course_run", "type", "price", "currency", "draft")
    list_filter = ("type", "draft")
    list_select_related = ("course_run", "type")
    search_fields = ("course_run__key", "sku")
    autocomplete_fields = ("course_run",)
    readonly_fields = ("draft", "draft_version")
    show_full_result_count = False


@admin.register(CourseEntitlement)
class CourseEntitlementAdmin(DraftPartAdmin):
    """Entitlements, drafts too."""

    owner = "course"
    list_display = ("course", "mode", "price", "currency", "draft")
    list_filter = ("mode", "draft")
    list_select_related = ("course", "mode")
    search_fields = ("course__key", "sku")
    autocomplete_fields = ("course",)
    readonly_fields = ("draft", "draft_version")
    show_full_result_count = False


@admin.register(CourseUrlSlug)
class CourseUrlSlugAdmin(admin.ModelAdmin[CourseUrlSlug]):
    """Slugs of courses, past ones too."""

    list_display = ("url_slug", "course", "is_active", "is_active_on_draft")
    list_filter = ("is_active", "is_active_on_draft")
    list_select_related = ("course",)
    search_fields = ("url_slug", "course__key")
    autocomplete_fields = ("course",)
    show_full_result_count = False


@admin.register(RestrictedCourseRun)
class RestrictedCourseRunAdmin(DraftPartAdmin):
    """Runs that only some may see."""

    owner = "course_run"
    list_display = ("course_run", "restriction_type", "draft")
    list_filter = ("restriction_type", "draft")
    list_select_related = ("course_run",)
    search_fields = ("course_run__key",)
    autocomplete_fields = ("course_run",)
    readonly_fields = ("draft", "draft_version")
