"""Catalogs in the admin: who may see them, and what other queries would mean."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from guardian.admin import GuardedModelAdminMixin

from course_discovery.catalogs.models import AskedCatalog, Catalog, Cause, Member
from course_discovery.catalogs.operations.catalog import update_catalog
from course_discovery.catalogs.operations.filling import begin, fill
from course_discovery.catalogs.operations.previewing import Preview, Queries, preview
from course_discovery.core.admin.history import HistoryAdmin
from search.queries import BadQuery, SearchUnavailable

_LARGEST = 2**63 - 1


class QueriesForm(forms.Form):
    """The queries of a catalog."""

    query = forms.CharField(label=gettext_lazy("Query"), widget=forms.Textarea)
    program_query = forms.CharField(
        label=gettext_lazy("Program query"), widget=forms.Textarea, required=False
    )


@admin.register(Catalog)
class CatalogAdmin(GuardedModelAdminMixin, HistoryAdmin):  # type: ignore[misc] # ships no types
    """Catalogs. Object permissions say who else may see, change and delete one."""

    list_display = ("name", "query", "include_archived", "modified")
    search_fields = ("name", "query")
    fields = ("name", "query", "program_query", "include_archived", "holds", "other_queries")
    readonly_fields = ("holds", "other_queries")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is told of a catalog only once it is stored is not asked for before."""
        return [name for name in self.fields if obj or name not in self.readonly_fields]

    def get_urls(self) -> Any:
        """The page that previews queries too."""
        base: Any = super()
        view = self.admin_site.admin_view(self.preview_view)
        return [
            path("<object_pk>/preview/", view, name="catalogs_catalog_preview"),
            *base.get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store it, and ask for its members after the transaction."""
        super().save_model(request, obj, form, change)
        if not change or {"query", "program_query"} & set(form.changed_data):
            asked = begin(obj, timezone.now())
            transaction.on_commit(lambda: _fill(asked))

    @admin.display(description=gettext_lazy("Members"))
    def holds(self, catalog: Catalog) -> str:
        """How many members of each kind there are, or what is wrong with the query."""
        asked = AskedCatalog.objects.filter(pk=catalog.pk).first()
        fault = asked and (asked.error or asked.program_error)
        if asked is None or not asked.complete:
            return _("They are being looked for.")
        rows = Member.objects.filter(catalog=catalog).order_by().values_list("kind")
        counts = dict(rows.annotate(Count("pk")))
        told = _("%(courses)d courses, %(runs)d course runs, %(programs)d programs") % {
            "courses": counts.get("course", 0),
            "runs": counts.get("course_run", 0),
            "programs": counts.get("program", 0),
        }
        return f"{told}. {fault}" if fault else told

    @admin.display(description=gettext_lazy("Other queries"))
    def other_queries(self, catalog: Catalog) -> str:
        """A link to the page that previews queries."""
        address = reverse("admin:catalogs_catalog_preview", args=[catalog.pk])
        text = _("See what other queries would add and remove")
        return format_html('<a href="{}">{}</a>', address, text)

    def preview_view(self, request: HttpRequest, object_pk: str) -> HttpResponse:
        """What other queries would add and remove. Raises Http404 and PermissionDenied."""
        catalog = self._catalog(object_pk)
        if not self.has_change_permission(request, catalog):
            raise PermissionDenied
        stored = Queries(catalog.query, catalog.program_query)
        data = request.POST if request.method == "POST" else None
        form = QueriesForm(data, initial=stored._asdict())
        found: list[Preview] = []
        if form.is_bound and form.is_valid():
            queries = Queries(**form.cleaned_data)
            found = _previewed(form, queries, stored)
            if "_save" in request.POST and not form.errors:
                return self._store(request, catalog, queries)
        context = self.admin_site.each_context(request) | {
            "title": _("What other queries would add and remove"), "subtitle": str(catalog),
            "catalog": catalog, "form": form, "previews": found, "opts": self.opts,
        }  # fmt: skip
        return render(request, "catalogs/preview.html", context)

    def _store(self, request: HttpRequest, catalog: Catalog, queries: Queries) -> HttpResponse:
        values: Any = queries._asdict()
        if update_catalog(pk=catalog.pk, values=values, now=timezone.now()):
            _fill(AskedCatalog.objects.get(pk=catalog.pk))
        self.message_user(request, _("The queries were stored."), messages.SUCCESS)
        return redirect("admin:catalogs_catalog_change", catalog.pk)

    def obj_perms_manage_view(self, request: HttpRequest, object_pk: str) -> Any:
        """Who has which right for a catalog. Raises Http404 for junk too."""
        base: Any = super()
        return base.obj_perms_manage_view(request, str(self._catalog(object_pk).pk))

    def obj_perms_manage_user_view(self, request: HttpRequest, object_pk: str, user_id: str) -> Any:
        """The rights of a user. Raises Http404 for junk too."""
        base: Any = super()
        pk, number = str(self._catalog(object_pk).pk), str(_number(user_id))
        return base.obj_perms_manage_user_view(request, pk, number)

    def obj_perms_manage_group_view(
        self, request: HttpRequest, object_pk: str, group_id: str
    ) -> Any:
        """The rights of a group. Raises Http404 for junk too."""
        base: Any = super()
        pk, number = str(self._catalog(object_pk).pk), str(_number(group_id))
        return base.obj_perms_manage_group_view(request, pk, number)

    def _catalog(self, text: str) -> Catalog:
        catalog = Catalog.objects.filter(pk=_number(text)).first()
        if catalog is None:
            raise Http404
        return catalog


def _number(text: str) -> int:
    """A primary key. Raises Http404 for what is none."""
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= _LARGEST):
        raise Http404
    return int(text)


def _previewed(form: QueriesForm, queries: Queries, stored: Queries) -> list[Preview]:
    """What the queries would change; what is wrong with them is told in the form."""
    try:
        return preview(queries, before=stored, now=timezone.now())
    except BadQuery as error:
        form.add_error(error.parameter if error.parameter in form.fields else None, str(error))
    except SearchUnavailable:
        form.add_error(None, _("Search does not answer now. Try again later."))
    return []


def _fill(asked: AskedCatalog) -> None:
    """Ask for the members at once; if nobody answers now, the change log's consumer does."""
    try:
        fill(asked, Cause.CATALOG)
    except SearchUnavailable:
        return
