"""Addresses that lead to courses, in the admin."""

from typing import Any

from django.contrib import admin

from course_discovery.course_metadata.admin.base.form import CatalogForm
from course_discovery.course_metadata.admin.base.inline import PartInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import CourseUrlRedirect


class UrlRedirectForm(CatalogForm):
    """A path on the marketing site of the course's partner."""

    def clean(self) -> dict[str, Any]:
        """Take the partner from the course."""
        cleaned = super().clean()
        if course := cleaned.get("course"):
            self.instance.partner_id = course.partner_id
        return cleaned


class UrlRedirectInline(PartInline):
    """The paths that lead to the course."""

    model = CourseUrlRedirect
    form = UrlRedirectForm
    fields = ("value",)


@admin.register(CourseUrlRedirect)
class CourseUrlRedirectAdmin(CatalogAdmin):
    """Paths that lead to courses."""

    form = UrlRedirectForm
    list_display = ("value", "course", "partner")
    list_filter = ("partner",)
    list_select_related = ("course", "partner")
    search_fields = ("value", "course__key")
    ordering = ("value_folded",)
    fields = ("course", "value")
    fixed_fields = ("course",)
