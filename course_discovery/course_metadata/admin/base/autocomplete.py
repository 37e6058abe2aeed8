"""The answers to somebody who types into a choice."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from course_discovery.course_metadata.admin.base.label import label_of, with_labels


class LabelledAutocomplete(AutocompleteJsonView):
    """Rows under their labels, for every choice of the admin."""

    def process_request(self, request: HttpRequest) -> Any:
        """What is asked for. Raises PermissionDenied for what is no choice of a form."""
        term, model_admin, field, to_field = super().process_request(request)
        if not field.concrete:
            raise PermissionDenied
        return term.replace("\x00", ""), model_admin, field, to_field

    def get_queryset(self) -> "QuerySet[Any]":
        """The rows that match, with what their labels are made of."""
        return with_labels(super().get_queryset())

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """A row as select boxes read it."""
        return {"id": str(getattr(obj, to_field_name)), "text": label_of(obj)}


def autocomplete(request: HttpRequest) -> HttpResponseBase:
    """Stands in the place of the admin's own view, with the same address and permissions."""
    view = LabelledAutocomplete.as_view(admin_site=admin.site)
    answer: HttpResponseBase = admin.site.admin_view(view)(request)
    return answer
