"""What is known of the indexes, to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from search.models import IndexRecord


@admin.register(IndexRecord)
class IndexRecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The last build and the last check of each index; commands write them."""

    list_display = (
        "kind", "index", "documents", "built_at", "rolled_back_at", "checked_at", "differing",
        "repaired",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False
