"""Organizations in the admin."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from course_discovery.core.admin.fields import URL_FIELDS
from course_discovery.course_metadata.models import Organization


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
