"""Course runs in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.draft import DraftAdmin
from course_discovery.course_metadata.models import CourseRun, RestrictedCourseRun, Seat


class SeatInline(admin.TabularInline[Seat, CourseRun]):
    """The seats."""

    model = Seat
    extra = 0
    fields = (
        "type", "price", "currency", "upgrade_deadline", "upgrade_deadline_override",
        "credit_provider", "credit_hours", "sku", "bulk_sku",
    )  # fmt: skip


class RestrictionInline(admin.TabularInline[RestrictedCourseRun, CourseRun]):
    """The restriction, if there is one."""

    model = RestrictedCourseRun
    extra = 0
    fields = ("restriction_type",)


@admin.register(CourseRun)
class CourseRunAdmin(DraftAdmin):
    """Course runs, drafts too."""

    list_display = ("key", "title_override", "status", "start", "end", "draft")
    list_filter = ("draft", "status", "type", "pacing_type", "language")
    search_fields = ("key", "title_override", "uuid")
    ordering = ("key_folded", "draft")
    autocomplete_fields = ("video", "language", "transcript_languages")
    readonly_fields = (
        "uuid",
        "key",
        "key_folded",
        "course",
        "slug",
        "status",
        "draft",
        "draft_version",
    )
    inlines = (SeatInline, RestrictionInline)
    show_full_result_count = False
