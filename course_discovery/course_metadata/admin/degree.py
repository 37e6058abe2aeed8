"""Degrees in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.admin.base.inline import (
    LinkInline,
    PartInline,
    StackedPartInline,
)
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.admin.program import ProgramAdmin
from course_discovery.course_metadata.models import (
    Degree,
    DegreeAdditionalMetadata,
    DegreeCost,
    DegreeDeadline,
    DegreeRanking,
    DegreeSpecialization,
    IconTextPairing,
)


class RankingInline(LinkInline):
    """The rankings."""

    model = DegreeRanking


class SpecializationInline(LinkInline):
    """The specializations."""

    model = DegreeSpecialization


class QuickFactInline(PartInline):
    """The quick facts."""

    model = IconTextPairing


class DeadlineInline(PartInline):
    """The deadlines."""

    model = DegreeDeadline
    show_change_link = True


class CostInline(PartInline):
    """The costs."""

    model = DegreeCost
    show_change_link = True


class AdditionalMetadataInline(StackedPartInline):
    """The provider's side."""

    model = DegreeAdditionalMetadata


@admin.register(Degree)
class DegreeAdmin(ProgramAdmin):
    """Degrees: programs with what a university's admission tells."""

    list_filter: ClassVar[Any] = ("partner", "status", "type", "product_source", "hidden")
    inlines: ClassVar[Any] = (
        *ProgramAdmin.inlines, RankingInline, SpecializationInline, QuickFactInline,
        DeadlineInline, CostInline, AdditionalMetadataInline,
    )  # fmt: skip
    fieldsets: ClassVar[Any] = (
        *ProgramAdmin.fieldsets,
        (_("Admission"), {"fields": (
            "apply_url", "overall_ranking", "prerequisite_coursework", "application_requirements",
            "costs_fine_print", "deadlines_fine_print", "display_on_org_page",
        )}),
        (_("Appearance"), {"classes": ("collapse",), "fields": (
            "banner_border_color", "campus_image", "title_background_image", "search_card_ranking",
            "search_card_cost", "search_card_courses",
        )}),
        (_("Leads"), {"classes": ("collapse",), "fields": (
            "lead_capture_list_name", "lead_capture_image", "hubspot_lead_capture_form_id",
        )}),
        (_("MicroMasters"), {"classes": ("collapse",), "fields": (
            "micromasters_url", "micromasters_long_title", "micromasters_long_description",
            "micromasters_background_image", "micromasters_org_name_override",
        )}),
    )  # fmt: skip


@admin.register(DegreeDeadline)
class DegreeDeadlineAdmin(HistoryAdmin):
    """Deadlines, with their history."""

    list_display = ("name", "semester", "date", "time", "degree")
    list_select_related = ("degree",)
    search_fields = ("name", "semester", "degree__title")
    fixed_fields = ("degree",)


@admin.register(DegreeCost)
class DegreeCostAdmin(HistoryAdmin):
    """Costs, with their history."""

    list_display = ("description", "amount", "degree")
    list_select_related = ("degree",)
    search_fields = ("description", "degree__title")
    fixed_fields = ("degree",)


@admin.register(DegreeAdditionalMetadata)
class DegreeAdditionalMetadataAdmin(CatalogAdmin):
    """The provider's side of degrees."""

    list_display = ("external_identifier", "external_url", "degree")
    list_select_related = ("degree",)
    search_fields = ("external_identifier", "external_url", "degree__title")
    fixed_fields = ("degree",)
