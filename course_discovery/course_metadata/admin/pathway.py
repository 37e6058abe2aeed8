"""Pathways in the admin."""

from adminsortable2.admin import SortableAdminBase
from django.contrib import admin

from course_discovery.course_metadata.admin.base.inline import LinkInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import Pathway, PathwayProgram


class ProgramInline(LinkInline):
    """The programs, all of the pathway's partner."""

    model = PathwayProgram


@admin.register(Pathway)
class PathwayAdmin(SortableAdminBase, CatalogAdmin):  # type: ignore[misc] # ships no types
    """Where programs lead to."""

    list_display = ("name", "org_name", "pathway_type", "status", "partner")
    list_filter = ("partner", "pathway_type", "status")
    list_select_related = ("partner",)
    search_fields = ("name", "org_name", "uuid", "email")
    ordering = ("name",)
    fixed_fields = ("partner",)
    readonly_fields = ("uuid",)
    inlines = (ProgramInline,)
    fields = (
        "uuid", "partner", "name", "org_name", "pathway_type", "status", "email", "description",
        "destination_url",
    )  # fmt: skip
