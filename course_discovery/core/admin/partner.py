"""Partners in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from course_discovery.core.admin.history import HistoryAdmin
from course_discovery.core.models import Partner


@admin.register(Partner)
class PartnerAdmin(HistoryAdmin):
    """Tenants."""

    list_display = ("name", "short_code", "site")
    list_select_related = ("site",)
    search_fields = ("name", "short_code")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a whole catalog would go with a tenant."""
        return False
