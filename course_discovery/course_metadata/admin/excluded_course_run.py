"""Choosing the runs that are no part of a program although their courses are."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from course_discovery.course_metadata.admin.base.choice import BoundedChoices
from course_discovery.course_metadata.admin.base.label import label_of
from course_discovery.course_metadata.models import CourseRun, Program
from course_discovery.course_metadata.operations.program import create_or_update_program
from course_discovery.course_metadata.operations.running import Refusal


class _RunsField(BoundedChoices):
    def label_from_instance(self, obj: Any) -> str:
        return label_of(obj)


class ExcludedCourseRunsForm(forms.Form):
    """The official runs of a program's courses; those that are marked are excluded."""

    excluded_course_runs = _RunsField(
        queryset=CourseRun.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, program: Program, data: Any = None) -> None:
        initial = {"excluded_course_runs": program.excluded_course_runs.all()}
        super().__init__(data, initial=initial)
        runs = CourseRun.objects.filter(course__in=program.courses.all())
        field: Any = self.fields["excluded_course_runs"]
        field.queryset = runs.select_related("course").order_by("course__key_folded", "key_folded")


@require_http_methods(["GET", "POST"])
def excluded_course_runs(request: HttpRequest, program_id: int) -> HttpResponse:
    """The page of a program's excluded runs. Raises Http404 for whoever is not staff."""
    program = Program.objects.filter(pk=program_id).select_related("partner").first()
    if program is None or not (request.user.is_active and request.user.is_staff):
        raise Http404
    form = ExcludedCourseRunsForm(program, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _stored(form, program):
        messages.success(request, _("The excluded runs were stored."))
        return redirect("admin:course_metadata_program_change", program.pk)
    context = admin.site.each_context(request) | {
        "title": _("Choose excluded runs"), "subtitle": str(program), "program": program,
        "form": form, "opts": Program._meta,
    }  # fmt: skip
    return render(request, "course_metadata/excluded_course_runs.html", context)


def _stored(form: ExcludedCourseRunsForm, program: Program) -> bool:
    keys = [run.key for run in form.cleaned_data["excluded_course_runs"]]
    try:
        create_or_update_program(
            partner=program.partner, uuid=program.uuid, values={"excluded_course_runs": keys},
            now=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
