"""Organizations in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from course_discovery.core.admin.fields import URL_FIELDS
from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.operations.slug import slug_of


@admin.register(Organization)
class OrganizationAdmin(SimpleHistoryAdmin):  # type: ignore[misc] # simple_history ships no types
    """Organizations."""

    formfield_overrides = URL_FIELDS
    list_display = ("key", "name", "partner")
    list_filter = ("partner",)
    list_select_related = ("partner",)
    search_fields = ("key", "name", "uuid")
    ordering = ("key_folded",)
    readonly_fields = ("uuid", "key_folded", "slug", "data_modified_timestamp")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Organization | None = None
    ) -> tuple[str, ...]:
        """A key never changes once it is known."""
        return (*self.readonly_fields, "key", "partner") if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        """A new organization's page is named after its key."""
        obj.slug = obj.slug or slug_of(obj.key)
        obj.data_modified_timestamp = timezone.now()
        super().save_model(request, obj, form, change)
