"""Pages of models: what is fixed stays, junk has an answer, a refusal is told in the form."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from course_discovery.core.admin.answering import AnsweringAdmin
from course_discovery.core.changes.settling import settled_together
from course_discovery.course_metadata.admin.base.choice import ChoosingAdmin
from course_discovery.course_metadata.admin.base.form import CatalogForm
from course_discovery.course_metadata.operations.running import Refusal

Answer = TypeVar("Answer")


class CatalogAdmin(ChoosingAdmin, AnsweringAdmin):
    """The pages of a model of the catalog."""

    form = CatalogForm

    class Media:
        css = {"all": ("course_metadata/admin.css",)}

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row with the rows that its form shows, in one query; None where there is none."""
        field = self.opts.get_field(from_field) if from_field else self.opts.pk
        rows = self.get_queryset(request).select_related(*self.shown_relations())
        try:
            return rows.get(**{field.name: field.to_python(object_id)})
        except (self.model.DoesNotExist, ValidationError, ValueError, OverflowError):
            return None

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form, which tells why what was sent was refused."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address says of a new row; the partner of the site if it says none."""
        initial = super().get_changeform_initial_data(request)
        names = {each.name for each in self.opts.fields}
        partner = getattr(request, "partner", None)
        return ({"partner": partner.pk} if partner and "partner" in names else {}) | initial

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """A refused form is shown again, with what was written and the reason."""
        answer = super().changeform_view
        if request.method != "POST":
            return answer(request, object_id, form_url, extra_context)
        try:
            return _settled(lambda: answer(request, object_id, form_url, extra_context))
        except (Refusal, IntegrityError) as error:
            request.refusal = _reason(error)  # type: ignore[attr-defined] # get_form reads it
            return answer(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """A refused deletion leads back and tells the reason."""
        answer = super().delete_view
        return self._told(request, lambda: answer(request, object_id, extra_context))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The list; actions that are refused tell the reason."""
        answer = super().changelist_view
        return self._told(request, lambda: answer(request, extra_context))

    def _told(self, request: HttpRequest, answer: Callable[[], Answer]) -> Answer | HttpResponse:
        if request.method != "POST":
            return answer()
        try:
            return _settled(answer)
        except (Refusal, IntegrityError) as error:
            self.message_user(request, _reason(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


def _settled(answer: Callable[[], Answer]) -> Answer:
    """All that one page writes is one change, right as a whole."""
    with transaction.atomic(), settled_together():
        return answer()


def _reason(error: Refusal | IntegrityError) -> str:
    if isinstance(error, Refusal):
        return str(error)
    return _("The same is there already, or was stored by somebody else just now.")
