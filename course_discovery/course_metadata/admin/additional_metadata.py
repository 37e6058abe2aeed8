"""What is known of external courses, in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import AdditionalMetadata


@admin.register(AdditionalMetadata)
class AdditionalMetadataAdmin(CatalogAdmin):
    """The provider's side of external courses; draft and official rows share it."""

    list_display = (
        "external_identifier", "external_url", "product_status",
        "external_course_marketing_type", "start_date", "end_date",
    )  # fmt: skip
    list_filter = ("product_status", "external_course_marketing_type", "display_on_org_page")
    search_fields = ("external_identifier", "external_url", "courses__key", "variant_id")
    date_hierarchy = "start_date"
    ordering = ("external_identifier",)
    fieldsets: ClassVar[Any] = (
        (None, {"fields": (
            "external_identifier", "external_url", "organic_url", "variant_id", "product_status",
            "external_course_marketing_type", "course_term_override", "display_on_org_page",
        )}),
        (_("Dates"), {"fields": ("start_date", "end_date", "registration_deadline")}),
        (_("Page"), {"fields": (
            "facts", "certificate_info", "product_meta", "lead_capture_form_url", "taxi_form",
        )}),
    )  # fmt: skip
