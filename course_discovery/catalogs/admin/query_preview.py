"""A page on which staff tries query strings."""

from django import forms
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from course_discovery.catalogs.operations.previewing import Queries, found_by
from course_discovery.core.models import Partner
from search.queries import BadQuery, SearchUnavailable
from search.queries.stored import Sample


class QueryPreviewForm(forms.Form):
    """Query strings for courses and runs, and for programs."""

    q = forms.CharField(
        label=gettext_lazy("Query"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    program_q = forms.CharField(
        label=gettext_lazy("Program query"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


@require_safe
def query_preview(request: HttpRequest) -> HttpResponse:
    """What query strings match of the partner's. Raises Http404 where no partner is served."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return redirect_to_login(request.get_full_path(), "admin:login")
    partner: Partner | None = request.partner or None  # type: ignore[attr-defined]
    if partner is None:
        raise Http404
    form = QueryPreviewForm(request.GET if {"q", "program_q"} & request.GET.keys() else None)
    found = _found(form, partner) if form.is_bound and form.is_valid() else {}
    context = admin.site.each_context(request) | {
        "title": _("Query preview"), "form": form, "found": found,
    }  # fmt: skip
    return render(request, "catalogs/query_preview.html", context)


def _found(form: QueryPreviewForm, partner: Partner) -> dict[str, Sample]:
    """What is found; what is wrong with the query strings is told in the form."""
    names = {"query": "q", "program_query": "program_q"}
    queries = Queries(*(form.cleaned_data[name] for name in names.values()))
    try:
        return found_by(queries, partner.short_code, now=timezone.now())
    except BadQuery as error:
        form.add_error(names.get(error.parameter), str(error))
    except SearchUnavailable:
        form.add_error(None, _("Search does not answer now. Try again later."))
    return {}
