"""Parts and ordered links on the page of what they belong to."""

from typing import Any

from adminsortable2.admin import SortableTabularInline
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from course_discovery.core.admin.fields import URL_FIELDS
from course_discovery.course_metadata.admin.base.choice import ChoosingAdmin
from course_discovery.course_metadata.admin.base.form import CatalogForm


class _Inline(ChoosingAdmin):
    """Rows with the rows that they lead to, in one query however many there are."""

    form = CatalogForm
    formfield_overrides = URL_FIELDS
    extra = 0
    fk_name: str | None
    parent_model: Any

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """The rows and what they show."""
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.select_related(*self.shown_relations())


class PartInline(_Inline, admin.TabularInline):  # type: ignore[misc,type-arg]
    """Parts in a table."""


class StackedPartInline(_Inline, admin.StackedInline):  # type: ignore[misc,type-arg]
    """Parts below each other."""


class LinkInline(_Inline, SortableTabularInline):  # type: ignore[misc] # ships no types
    """An ordered list; dragging changes the order. Its page is a `SortableAdminBase`."""

    classes = ("ordered-links",)
