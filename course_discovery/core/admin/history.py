"""Pages that tell what was before."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from simple_history.admin import SimpleHistoryAdmin

from course_discovery.core.admin.answering import AnsweringAdmin


class HistoryAdmin(AnsweringAdmin, SimpleHistoryAdmin):  # type: ignore[misc] # ships no types
    """The pages of a model with history.

    History is told and never written back: what the workflow and the rules own would come past
    them.
    """

    history_list_per_page = 50

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        """Always."""
        return True

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What changed when. Raises Http404 for what is no key of a row."""
        _check_key(self.opts.pk, object_id)
        try:
            answer: HttpResponse = super().history_view(request, object_id, extra_context)
        except OverflowError as error:
            raise Http404 from error
        return answer

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        """What changed; rows are called after the rows that came with their history."""
        for record in historical_records:
            then = record.history_object
            then._state.fields_cache = record._state.fields_cache | then._state.fields_cache
            record.history_object = then
        super().set_history_delta_changes(request, historical_records, foreign_keys_are_objs)

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What the row was then, to read. Raises Http404 for what is no key."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        _check_key(self.opts.pk, object_id)
        _check_key(self.model.history.model._meta.pk, version_id)
        answer: HttpResponse = super().history_form_view(
            request, object_id, version_id, extra_context
        )
        return answer


def _check_key(field: Any, text: str) -> None:
    try:
        field.to_python(text)
    except ValidationError:
        raise Http404 from None
