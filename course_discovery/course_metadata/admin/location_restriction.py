"""Where products are offered, in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.form import CatalogForm
from course_discovery.course_metadata.admin.base.inline import StackedPartInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.admin.base.values import countries_field, states_field
from course_discovery.course_metadata.models import (
    CourseLocationRestriction,
    ProgramLocationRestriction,
)


class LocationRestrictionForm(CatalogForm):
    """Countries and states by their names."""

    countries = countries_field()
    states = states_field()


class ProgramLocationRestrictionInline(StackedPartInline):
    """Where a program is offered."""

    model = ProgramLocationRestriction
    form = LocationRestrictionForm
    classes = ("collapse",)


@admin.register(CourseLocationRestriction)
class CourseLocationRestrictionAdmin(CatalogAdmin):
    """Where courses are offered; draft and official rows share a restriction."""

    form = LocationRestrictionForm
    list_display = ("pk", "restriction_type", "countries", "states")
    list_display_links = ("pk", "restriction_type")
    list_filter = ("restriction_type",)
    search_fields = ("countries", "states", "courses__key")


@admin.register(ProgramLocationRestriction)
class ProgramLocationRestrictionAdmin(CatalogAdmin):
    """Where programs are offered."""

    form = LocationRestrictionForm
    list_display = ("pk", "program", "restriction_type", "countries", "states")
    list_display_links = ("pk", "program")
    list_filter = ("restriction_type",)
    list_select_related = ("program",)
    search_fields = ("program__title", "program__uuid")
    fixed_fields = ("program",)
