"""Organizations in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.admin.base.inline import PartInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import Organization, OrganizationMapping
from course_discovery.course_metadata.operations.slug import slug_of


class MappingInline(PartInline):
    """What other sources call the organization."""

    model = OrganizationMapping


@admin.register(Organization)
class OrganizationAdmin(HistoryAdmin):
    """Organizations. A key never changes once it is known."""

    list_display = ("key", "name", "partner", "enterprise_subscription_inclusion")
    list_filter = ("partner", "enterprise_subscription_inclusion")
    list_select_related = ("partner",)
    search_fields = ("key", "name", "uuid")
    ordering = ("key_folded",)
    fixed_fields = ("key", "partner")
    readonly_fields = ("uuid", "slug", "data_modified_timestamp")
    inlines = (MappingInline,)
    fields = (
        "uuid", "partner", "key", "slug", "name", "certificate_name", "tags", "homepage_url",
        "description", "description_es", "logo_image", "certificate_logo_image", "banner_image",
        "organization_hex_color", "auto_generate_course_run_keys",
        "enterprise_subscription_inclusion", "data_modified_timestamp",
    )  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        """A new organization's page is named after its key."""
        obj.slug = obj.slug or slug_of(obj.key)
        obj.data_modified_timestamp = timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(OrganizationMapping)
class OrganizationMappingAdmin(CatalogAdmin):
    """What sources call organizations."""

    list_display = ("organization_external_key", "organization", "source")
    list_filter = ("source",)
    list_select_related = ("organization", "source")
    search_fields = ("organization_external_key", "organization__key")
