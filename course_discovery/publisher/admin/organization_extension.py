"""Organizations' groups in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from guardian.admin import GuardedModelAdminMixin
from simple_history.admin import SimpleHistoryAdmin

from course_discovery.course_metadata.admin.base.choice import ChoosingAdmin
from course_discovery.publisher.models import OrganizationExtension
from course_discovery.publisher.operations.organization_extension import assign_permissions


@admin.register(OrganizationExtension)
class OrganizationExtensionAdmin(ChoosingAdmin, GuardedModelAdminMixin, SimpleHistoryAdmin):  # type: ignore[misc]
    """Which group works for which organization, and who may see it (object permissions)."""

    list_display = ("organization", "group")
    list_select_related = ("organization", "group")
    search_fields = ("organization__key", "group__name")
    listed_fields = ("group",)

    def save_model(
        self, request: HttpRequest, obj: OrganizationExtension, form: Any, change: bool
    ) -> None:
        """Saving gives the groups their rights on the organization."""
        super().save_model(request, obj, form, change)
        assign_permissions(extension=obj)
