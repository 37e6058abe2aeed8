"""Product sources in the admin."""

from adminsortable2.admin import SortableAdminBase
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.inline import LinkInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import Source, SourceOfacProgramType


class OfacProgramTypeInline(LinkInline):
    """The types whose programs from here are closed in embargoed countries."""

    model = SourceOfacProgramType
    verbose_name_plural = _("embargoed program types")


@admin.register(Source)
class SourceAdmin(SortableAdminBase, CatalogAdmin):  # type: ignore[misc] # ships no types
    """Where products come from."""

    list_display = ("name", "slug", "description")
    search_fields = ("name", "slug")
    ordering = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (OfacProgramTypeInline,)
