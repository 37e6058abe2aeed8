"""Entitlements in the admin."""

from typing import Any

from django.contrib import admin

from course_discovery.course_metadata.admin.base.inline import StackedPartInline
from course_discovery.course_metadata.admin.draft import DraftPartForm, HistoricDraftPartAdmin
from course_discovery.course_metadata.models import CourseEntitlement


class EntitlementForm(DraftPartForm):
    """An entitlement; it is of its course's partner."""

    def clean(self) -> dict[str, Any]:
        """Take the partner from the course."""
        cleaned = super().clean()
        if course := cleaned.get("course"):
            self.instance.partner_id = course.partner_id
        return cleaned


class EntitlementInline(StackedPartInline):
    """The entitlement; a course row has one."""

    model = CourseEntitlement
    form = EntitlementForm
    fields = (("mode", "price"), ("currency", "sku"))
    max_num = 1


@admin.register(CourseEntitlement)
class CourseEntitlementAdmin(HistoricDraftPartAdmin):
    """Entitlements, drafts too."""

    form = EntitlementForm
    list_display = ("course", "mode", "price", "currency", "draft")
    list_filter = ("mode", "draft")
    list_select_related = ("course", "mode", "currency")
    search_fields = ("course__key", "sku")
    fixed_fields = ("course",)
    exclude = ("draft_version", "partner")
