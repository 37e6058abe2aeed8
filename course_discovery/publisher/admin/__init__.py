"""Organizations' groups and errands in the admin."""

from django.contrib import admin
from guardian.admin import GuardedModelAdminMixin
from simple_history.admin import SimpleHistoryAdmin

from course_discovery.publisher.admin import course_run, errand  # noqa: F401 - their pages
from course_discovery.publisher.models import OrganizationExtension


@admin.register(OrganizationExtension)
class OrganizationExtensionAdmin(GuardedModelAdminMixin, SimpleHistoryAdmin):  # type: ignore[misc]
    """Which group works for which organization, and who may see it (object permissions)."""

    list_display = ("organization", "group")
    list_select_related = ("organization", "group")
    search_fields = ("organization__key", "group__name")
    autocomplete_fields = ("organization",)
