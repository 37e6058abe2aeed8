"""Errands in the admin: how far they have come, and another try."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from course_discovery.core.admin.answering import AnsweringAdmin
from course_discovery.publisher.models import Errand
from course_discovery.publisher.operations.errands.calling import try_again
from course_discovery.publisher.operations.errands.kinds import errand_kinds, label_of


class KindFilter(admin.SimpleListFilter):
    """Errands of one kind."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """All kinds."""
        return [(kind.name, kind.label) for kind in errand_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Errand]) -> QuerySet[Errand]:
        """Those of the chosen one."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Errand)
class ErrandAdmin(AnsweringAdmin):
    """What is owed after commits; whoever may change errands may have them tried again."""

    list_display = (
        "label", "key", "partner", "state", "attempts", "due_at", "last_error", "called_for_at",
    )  # fmt: skip
    list_display_links = ("label", "key")
    list_filter = ("state", KindFilter, "partner")
    list_select_related = ("partner",)
    search_fields = ("key", "subject")
    actions = ("try_errands_again",)
    fields = (
        "label", "key", "subject_kind", "subject", "topic", "partner", "state", "attempts",
        "last_error", "due_at", "called_for_at", "settled_at", "change", "facts",
    )  # fmt: skip
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: changes call for them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody writes them."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may have them tried again too."""
        return super().has_view_permission(request, obj) or self.has_retry_permission(request)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Whoever may change errands."""
        return bool(request.user.has_perm("publisher.change_errand"))

    @admin.display(description=_("kind"), ordering="kind")
    def label(self, errand: Errand) -> Any:
        """The kind in words."""
        return label_of(errand.kind)

    @admin.action(description=_("Try again"), permissions=["retry"])
    def try_errands_again(self, request: HttpRequest, queryset: QuerySet[Errand]) -> None:
        """Have those that are not done run now."""
        chosen = list(queryset.values_list("pk", flat=True))
        count = try_again(errands=chosen, now=timezone.now())
        told = ngettext("%d errand is tried again.", "%d errands are tried again.", count)
        self.message_user(request, told % count)
