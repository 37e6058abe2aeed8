"""Reports of loads, to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from course_discovery.loaders.models import LoadedSource, LoadRun, RefusedRow


class _ReadOnly:
    """Reports are written by loads only."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class LoadedSourceInline(_ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The sources of a load."""

    model = LoadedSource
    fields = (
        "name", "state", "reason", "seen", "created", "updated", "unchanged", "refused",
        "started", "finished",
    )  # fmt: skip
    readonly_fields = fields
    show_change_link = True
    extra = 0


@admin.register(LoadRun)
class LoadRunAdmin(_ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Loads, the newest first."""

    list_display = ("started", "partner", "finished", "exit_code", "refused")
    list_filter = ("partner", "exit_code")
    list_select_related = ("partner",)
    date_hierarchy = "started"
    inlines = (LoadedSourceInline,)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[LoadRun]":
        """With the number of refused rows."""
        rows: QuerySet[LoadRun] = super().get_queryset(request)
        return rows.annotate(refused_rows=Sum("sources__refused"))

    @admin.display(description=_("refused"), ordering="refused_rows")
    def refused(self, load_run: Any) -> int:
        """Refused rows of all sources."""
        return load_run.refused_rows or 0


@admin.register(LoadedSource)
class LoadedSourceAdmin(_ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """What loads did with each source."""

    list_display = (
        "name", "load_run", "state", "seen", "created", "updated", "unchanged", "refused",
    )  # fmt: skip
    list_filter = ("name", "state")
    list_select_related = ("load_run",)


@admin.register(RefusedRow)
class RefusedRowAdmin(_ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that were not taken, and why."""

    list_display = ("source", "line", "key", "reason")
    list_filter = ("source__name",)
    list_select_related = ("source",)
    search_fields = ("key", "reason")
