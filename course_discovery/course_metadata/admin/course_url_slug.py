"""Addresses of courses in the admin: given on the page of the course, told here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from course_discovery.course_metadata.admin.base.inline import PartInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import CourseUrlSlug


class UrlSlugInline(PartInline):
    """The slugs, past ones too."""

    model = CourseUrlSlug
    fields = ("url_slug", "is_active", "is_active_on_draft", "created")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The course's form gives them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They redirect for good."""
        return False


@admin.register(CourseUrlSlug)
class CourseUrlSlugAdmin(CatalogAdmin):
    """Slugs of all courses; one that is in use does not go."""

    list_display = ("url_slug", "course", "partner", "is_active", "is_active_on_draft")
    list_filter = ("partner", "is_active", "is_active_on_draft")
    list_select_related = ("course", "partner")
    search_fields = ("url_slug", "course__key")
    ordering = ("url_slug_folded",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The course's form gives them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The course's form changes which one is in use."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may delete, and only slugs that nothing uses."""
        if obj is None or obj.is_active or obj.is_active_on_draft:
            return False
        return bool(super().has_delete_permission(request, obj))
