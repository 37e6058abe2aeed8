"""Pathways in the admin: their steps are put in order here, and filled on pages of their own."""

from typing import Any

from adminsortable2.admin import CustomInlineFormSet, SortableAdminBase, SortableTabularInline
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.inline import PartInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from learner_pathway.admin.told import nodes_text, workload_text
from learner_pathway.models import LearnerPathway, LearnerPathwayScope, LearnerPathwayStep
from learner_pathway.queries.estimate import estimate_pathway
from learner_pathway.queries.workload import NOTHING

_PAGE_ONLY = ("uuid", "estimated_time", "new_step")


class StepFormSet(CustomInlineFormSet):  # type: ignore[misc] # adminsortable2 ships no types
    """The steps of a pathway, which know the pathway that the page has loaded."""

    def get_queryset(self) -> QuerySet[LearnerPathwayStep]:
        """The steps; none of them asks for its pathway again."""
        rows: QuerySet[LearnerPathwayStep] = super().get_queryset()
        for row in rows:
            row.pathway = self.instance
        return rows


class StepInline(SortableTabularInline):  # type: ignore[misc] # adminsortable2 ships no types
    """The steps in their order, which dragging changes."""

    model = LearnerPathwayStep
    formset = StepFormSet
    extra = 0
    show_change_link = True
    fields = ("nodes", "estimated_time")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[LearnerPathwayStep]:
        """The steps with their nodes, in a fixed number of queries."""
        rows: QuerySet[LearnerPathwayStep] = super().get_queryset(request)
        return rows.prefetch_related(
            "course_nodes__course", "program_nodes__program", "block_nodes"
        )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A step is made with its nodes, on its own page."""
        return False

    @admin.display(description=_("Nodes"))
    def nodes(self, step: LearnerPathwayStep) -> str:
        """The nodes of the step."""
        return nodes_text(step, _estimates(step.pathway))

    @admin.display(description=_("Estimated time"))
    def estimated_time(self, step: LearnerPathwayStep) -> str:
        """What the step takes."""
        return workload_text(_estimates(step.pathway).steps.get(step.pk, NOTHING))


class ScopeInline(PartInline):
    """To whom the pathway is offered; without a scope to all."""

    model = LearnerPathwayScope


@admin.register(LearnerPathway)
class LearnerPathwayAdmin(SortableAdminBase, CatalogAdmin):  # type: ignore[misc] # ships no types
    """Learner pathways."""

    list_display = ("title", "status", "partner", "visible_via_association", "modified")
    list_filter = ("status", "partner")
    list_select_related = ("partner",)
    search_fields = ("title", "uuid")
    fields = (
        "uuid", "title", "partner", "status", "visible_via_association", "overview",
        "banner_image", "card_image", "estimated_time", "new_step",
    )  # fmt: skip
    readonly_fields = _PAGE_ONLY
    inlines = (StepInline, ScopeInline)

    def get_fields(self, request: HttpRequest, obj: LearnerPathway | None = None) -> Any:
        """What is told of a pathway only once it is stored is not asked for before."""
        return [name for name in self.fields if obj or name not in _PAGE_ONLY]

    @admin.display(description=_("Estimated time"))
    def estimated_time(self, pathway: LearnerPathway) -> str:
        """What the whole pathway takes."""
        return workload_text(_estimates(pathway).whole)

    @admin.display(description=_("Steps"))
    def new_step(self, pathway: LearnerPathway) -> str:
        """A link to the page of a new step."""
        address = reverse("admin:learner_pathway_learnerpathwaystep_add")
        return format_html('<a href="{}?pathway={}">{}</a>', address, pathway.pk, _("Add a step"))


def _estimates(pathway: LearnerPathway) -> Any:
    """What the pathway and its steps take, asked for once for each page."""
    known = pathway.__dict__
    if "page_estimates" not in known:
        known["page_estimates"] = estimate_pathway(pathway.pk, timezone.now())
    return known["page_estimates"]
