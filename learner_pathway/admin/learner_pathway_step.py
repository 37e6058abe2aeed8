"""Steps in the admin, each with its nodes."""

from typing import Any

from adminsortable2.admin import SortableAdminBase
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.inline import LinkInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from learner_pathway.admin.told import workload_text
from learner_pathway.models import (
    LearnerPathwayBlock,
    LearnerPathwayCourse,
    LearnerPathwayProgram,
    LearnerPathwayStep,
)
from learner_pathway.operations.learner_pathway_step import check_requirement
from learner_pathway.queries.estimate import estimate_steps


class CourseInline(LinkInline):
    """The courses; official ones only."""

    model = LearnerPathwayCourse


class ProgramInline(LinkInline):
    """The programs."""

    model = LearnerPathwayProgram


class BlockInline(LinkInline):
    """The blocks."""

    model = LearnerPathwayBlock


@admin.register(LearnerPathwayStep)
class LearnerPathwayStepAdmin(SortableAdminBase, CatalogAdmin):  # type: ignore[misc] # ships no types
    """Steps; their pathways lead here, and one comes back to them."""

    list_display = ("__str__", "pathway", "min_requirement")
    list_select_related = ("pathway",)
    search_fields = ("uuid", "pathway__title")
    fixed_fields = ("pathway",)
    readonly_fields = ("uuid", "estimated_time")
    inlines = (CourseInline, ProgramInline, BlockInline)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Uuid and time only of what is stored."""
        asked = ("pathway", "min_requirement")
        return (*asked, *self.readonly_fields) if obj else asked

    @admin.display(description=_("Estimated time"))
    def estimated_time(self, step: LearnerPathwayStep) -> str:
        """What the step takes."""
        return workload_text(estimate_steps([step.pk], timezone.now()).whole)

    def save_model(
        self, request: HttpRequest, obj: LearnerPathwayStep, form: Any, change: bool
    ) -> None:
        """A new step is the last one."""
        if not change:
            last = obj.pathway.steps.aggregate(last=Max("sort_value"))["last"]
            obj.sort_value = 0 if last is None else last + 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Raise TooFewNodes, which the page tells, if more is required than is left."""
        super().save_related(request, form, formsets, change)
        step: LearnerPathwayStep = form.instance
        nodes = (step.course_nodes, step.program_nodes, step.block_nodes)
        check_requirement(step.min_requirement, sum(each.count() for each in nodes))

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to the pathway."""
        return _to_pathway(obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to the pathway."""
        return _to_pathway(obj)


def _to_pathway(step: LearnerPathwayStep) -> HttpResponseRedirect:
    page = reverse("admin:learner_pathway_learnerpathway_change", args=[step.pathway_id])
    return HttpResponseRedirect(page)
