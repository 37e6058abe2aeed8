"""Pages that have an answer for whatever is sent to them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import DateField
from django.http import HttpRequest, HttpResponseRedirect

from course_discovery.core.admin.fields import URL_FIELDS
from course_discovery.core.admin.gates import may_write


class AnsweringAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The pages of a model; what cannot be read in an address or a form is told, never a failure.

    `fixed_fields` are given when a row is made and never change.
    """

    formfield_overrides = URL_FIELDS
    fixed_fields: tuple[str, ...] = ()
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether Django's permissions and the gates let the user make rows."""
        return super().has_add_permission(request) and may_write(request.user, self.model)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether they let the user change the row."""
        allowed = super().has_change_permission(request, obj)
        return allowed and may_write(request.user, self.model, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether they let the user delete the row."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and may_write(request.user, self.model, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fixed fields of a stored row too."""
        return (*self.readonly_fields, *(self.fixed_fields if obj else ()))

    def get_ordering(self, request: HttpRequest) -> Any:
        """A total order: what is shown in pages must not change places between them."""
        return [*(super().get_ordering(request) or self.opts.ordering or ()), "pk"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address says of a new row; days and moments are not read from it."""
        initial = super().get_changeform_initial_data(request)
        days = {each.name for each in self.opts.fields if isinstance(each, DateField)}
        return {name: value for name, value in initial.items() if name not in days}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The list; without what the address asks for if no row can be like that."""
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, OverflowError, ValidationError):
            # Such as a day that no calendar has, or a number that no database holds.
            if "e" in request.GET:
                raise
            return HttpResponseRedirect(f"{request.path}?e=1")
