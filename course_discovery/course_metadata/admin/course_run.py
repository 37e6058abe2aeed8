"""Course runs in the admin."""

from typing import Any, ClassVar

from adminsortable2.admin import SortableAdminBase
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.form import CatalogForm
from course_discovery.course_metadata.admin.base.inline import LinkInline
from course_discovery.course_metadata.admin.base.values import AiLanguagesField
from course_discovery.course_metadata.admin.draft import DraftAdmin
from course_discovery.course_metadata.admin.restricted_course_run import RestrictionInline
from course_discovery.course_metadata.admin.seat import SeatInline
from course_discovery.course_metadata.models import CourseRun, CourseRunStaff


class CourseRunForm(CatalogForm):
    """A run."""

    ai_languages = AiLanguagesField(
        label=_("languages by machine"),
        help_text=_("Translations, then transcriptions: “es: Spanish”, one on each line."),
    )


class StaffInline(LinkInline):
    """Who teaches, in the order in which they are shown."""

    model = CourseRunStaff


@admin.register(CourseRun)
class CourseRunAdmin(SortableAdminBase, DraftAdmin):  # type: ignore[misc] # ships no types
    """Course runs, drafts too."""

    form = CourseRunForm
    list_display = ("key", "title", "status", "start", "end", "type", "draft")
    list_filter = ("draft", "status", "type", "pacing_type", "hidden", "course__partner")
    list_select_related = ("course", "type")
    search_fields = ("key", "external_key", "title_override", "course__title", "uuid")
    date_hierarchy = "start"
    ordering = ("key_folded", "draft")
    listed_fields = ("type", "expected_program_type")
    readonly_fields = (
        "uuid", "key", "course", "slug", "status", "draft", "draft_version", "enrollment_count",
        "recent_enrollment_count", "enterprise_subscription_inclusion",
    )  # fmt: skip
    inlines = (StaffInline, SeatInline, RestrictionInline)
    fieldsets: ClassVar[Any] = (
        (None, {"fields": (
            "uuid", "course", "key", "slug", "draft", "draft_version", "status", "type",
            "external_key", "variant_id", "tags", "hidden",
        )}),
        (_("Dates"), {"fields": (
            ("start", "end"), ("enrollment_start", "enrollment_end"),
            ("go_live_date", "announcement"),
        )}),
        (_("Texts that replace the course's"), {"classes": ("collapse",), "fields": (
            "title_override", "short_description_override", "full_description_override",
            "outcome_override", "video", "course_overridden",
        )}),
        (_("Facts"), {"fields": (
            "pacing_type", ("min_effort", "max_effort", "weeks_to_complete"), "language",
            "transcript_languages", "video_translation_languages", "ai_languages",
            "mobile_available", "eligible_for_financial_aid", "license", "reporting_type",
            "fixed_price_usd", "expected_program_type", "expected_program_name",
        )}),
        (_("Embargoes"), {"fields": ("has_ofac_restrictions", "ofac_comment")}),
        (_("Told by other systems"), {"classes": ("collapse",), "fields": (
            "enrollment_count", "recent_enrollment_count", "enterprise_subscription_inclusion",
        )}),
    )  # fmt: skip

    @admin.display(description=_("title"))
    def title(self, run: CourseRun) -> str | None:
        """The run's own title, else the course's."""
        return run.title_override or run.course.title
