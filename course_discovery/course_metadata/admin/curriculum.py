"""Curricula in the admin, with their courses and programs."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.base.choice import BoundedChoices
from course_discovery.course_metadata.admin.base.form import CatalogForm
from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.admin.base.inline import PartInline
from course_discovery.course_metadata.models import (
    CourseRun,
    Curriculum,
    CurriculumCourseMembership,
    CurriculumCourseRunExclusion,
    CurriculumProgramMembership,
)
from course_discovery.course_metadata.operations.curriculum_state import note_state
from course_discovery.course_metadata.operations.data_modified import touch_program


class CourseMembershipInline(PartInline):
    """The courses; the page of each says which of its runs are left out."""

    model = CurriculumCourseMembership
    fields = ("course", "is_active")
    show_change_link = True


class ProgramMembershipInline(PartInline):
    """The programs as a whole."""

    model = CurriculumProgramMembership
    fields = ("program", "is_active")
    show_change_link = True


@admin.register(Curriculum)
class CurriculumAdmin(HistoryAdmin):
    """Curricula of programs."""

    list_display = ("__str__", "program", "is_active", "activated_at", "deactivated_at")
    list_filter = ("is_active",)
    list_select_related = ("program",)
    search_fields = ("name", "uuid", "program__title", "program__marketing_slug")
    readonly_fields = ("uuid", "activated_at", "deactivated_at")
    inlines = (CourseMembershipInline, ProgramMembershipInline)
    fields = (
        "uuid", "program", "name", "is_active", "activated_at", "deactivated_at",
        "marketing_text_brief", "marketing_text",
    )  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Curriculum, form: Any, change: bool) -> None:
        """Note since when it is active, or is not any more."""
        note_state(obj, now=timezone.now())
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Readers of the program hear that its data changed."""
        super().save_related(request, form, formsets, change)
        _touch(form.instance)


class CourseMembershipForm(CatalogForm):
    """A course of a curriculum, without the runs that are marked."""

    excluded_course_runs = BoundedChoices(
        queryset=CourseRun.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=_("excluded runs"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("excluded_course_runs")
        if field is not None and self.instance.pk:
            field.queryset = CourseRun.objects.filter(course=self.instance.course_id)
            field.initial = self.instance.exclusions.values_list("course_run", flat=True)


@admin.register(CurriculumCourseMembership)
class CurriculumCourseMembershipAdmin(HistoryAdmin):
    """Courses of curricula."""

    form = CourseMembershipForm
    list_display = ("curriculum", "course", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("curriculum", "course")
    search_fields = ("curriculum__name", "curriculum__uuid", "course__key", "course__title")
    fixed_fields = ("curriculum", "course")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Runs can be left out once it is known of which course."""
        excluded = ("excluded_course_runs",) if obj else ()
        return ("curriculum", "course", "is_active", *excluded)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Leave out exactly the runs that were marked."""
        super().save_related(request, form, formsets, change)
        row: CurriculumCourseMembership = form.instance
        if "excluded_course_runs" in form.cleaned_data:
            _exclude(row, {run.pk for run in form.cleaned_data["excluded_course_runs"]})
        _touch(row.curriculum)


@admin.register(CurriculumProgramMembership)
class CurriculumProgramMembershipAdmin(HistoryAdmin):
    """Programs of curricula."""

    list_display = ("curriculum", "program", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("curriculum", "program")
    search_fields = ("curriculum__name", "curriculum__uuid", "program__title")
    fixed_fields = ("curriculum", "program")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Readers of the curriculum's program hear that its data changed."""
        super().save_related(request, form, formsets, change)
        _touch(form.instance.curriculum)


@admin.register(CurriculumCourseRunExclusion)
class CurriculumCourseRunExclusionAdmin(HistoryAdmin):
    """Excluded runs with their history; they are chosen on the page of the course."""

    list_display = ("course_membership", "course_run")
    list_select_related = ("course_membership", "course_run")
    search_fields = ("course_run__key", "course_membership__course__key")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


def _exclude(row: CurriculumCourseMembership, wanted: set[int]) -> None:
    stored = {each.course_run_id: each for each in row.exclusions.all()}
    for run, exclusion in stored.items():
        if run not in wanted:
            exclusion.delete()
    for run in wanted - stored.keys():
        row.exclusions.create(course_run_id=run)


def _touch(curriculum: Curriculum) -> None:
    if curriculum.program is not None:
        touch_program(program=curriculum.program, now=timezone.now())
