"""Who holds which external key, to read: operations keep it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import ExternalKeyClaim


@admin.register(ExternalKeyClaim)
class ExternalKeyClaimAdmin(CatalogAdmin):
    """External keys and the runs that hold them."""

    list_display = ("key_folded", "scope", "scope_uuid", "run_uuid")
    list_filter = ("scope",)
    search_fields = ("key_folded", "scope_uuid", "run_uuid")
    ordering = ("key_folded",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False
