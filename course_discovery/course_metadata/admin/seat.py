"""Seats in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.inline import StackedPartInline
from course_discovery.course_metadata.admin.draft import DraftPartForm, HistoricDraftPartAdmin
from course_discovery.course_metadata.models import Seat


class SeatInline(StackedPartInline):
    """The seats."""

    model = Seat
    form = DraftPartForm
    fields = (
        ("type", "price", "currency"), ("upgrade_deadline", "upgrade_deadline_override"),
        ("credit_provider", "credit_hours"), ("sku", "bulk_sku"),
    )  # fmt: skip


@admin.register(Seat)
class SeatAdmin(HistoricDraftPartAdmin):
    """Seats, drafts too, for looking them up across runs."""

    list_display = ("course_run", "type", "price", "currency", "upgrade_deadline", "draft")
    list_filter = ("type", "draft")
    list_select_related = ("course_run", "type", "currency")
    search_fields = ("course_run__key", "sku", "bulk_sku")
    fixed_fields = ("course_run",)
