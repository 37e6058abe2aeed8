"""Roles of this service in the admin: who has them, why, and who said so (decision 17)."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from course_discovery.core.admin.history import HistoryAdmin
from course_discovery.course_metadata.admin.base.choice import ChoosingAdmin
from course_discovery.publisher.models import PublisherRoleAssignment


@admin.register(PublisherRoleAssignment)
class PublisherRoleAssignmentAdmin(ChoosingAdmin, HistoryAdmin):
    """Who has which role. Nobody but a superuser gives one to themselves."""

    list_display = ("user", "role", "created", "granted_by", "reason")
    list_filter = ("role",)
    list_select_related = ("user", "role", "granted_by")
    search_fields = ("user__username", "user__email", "reason")
    listed_fields = ("role",)
    fields = ("user", "role", "reason", "created", "granted_by")
    readonly_fields = ("created", "granted_by")
    fixed_fields = ("user", "role")

    def save_model(
        self, request: HttpRequest, obj: PublisherRoleAssignment, form: Any, change: bool
    ) -> None:
        """Who saves it is who says so. Raises PermissionDenied for one's own role."""
        if obj.user_id == request.user.pk and not request.user.is_superuser:
            raise PermissionDenied
        obj.granted_by = request.user
        super().save_model(request, obj, form, change)
