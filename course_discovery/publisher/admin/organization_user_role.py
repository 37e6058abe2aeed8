"""Roles of persons for organizations in the admin."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from course_discovery.core.admin.history import HistoryAdmin
from course_discovery.course_metadata.admin.base.choice import ChoosingAdmin
from course_discovery.publisher.models import OrganizationUserRole
from course_discovery.publisher.operations.organization_user_role import join_groups_of_role


@admin.register(OrganizationUserRole)
class OrganizationUserRoleAdmin(ChoosingAdmin, HistoryAdmin):
    """Who coordinates, markets or reviews for which organization.

    Nobody but a superuser gives a role to themselves: coordinators write and review.
    """

    list_display = ("organization", "user", "role")
    list_filter = ("role",)
    list_select_related = ("organization", "user")
    search_fields = ("organization__key", "user__username", "user__email")

    def save_model(
        self, request: HttpRequest, obj: OrganizationUserRole, form: Any, change: bool
    ) -> None:
        """Saving puts the person into the groups of the role.

        Raises PermissionDenied for one's own role.
        """
        if obj.user_id == request.user.pk and not request.user.is_superuser:
            raise PermissionDenied
        super().save_model(request, obj, form, change)
        join_groups_of_role(user=obj.user, role=obj.role)
