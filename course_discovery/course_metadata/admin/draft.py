"""What the admin keeps right on rows that come as draft and official."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone

from course_discovery.course_metadata.admin.base.form import CatalogForm
from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.operations.data_modified import touch_course


class DraftAdmin(HistoryAdmin):
    """Courses and runs: readers hear that data changed.

    New ones come from loaders and the publisher, which give them slugs and twins; only a draft
    that never was official may go.
    """

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds them by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may delete, and only drafts without an official row."""
        if obj is None or not obj.draft or hasattr(obj, "official_version"):
            return False
        return bool(super().has_delete_permission(request, obj))

    def shown_relations(self) -> list[str]:
        """The official twin too."""
        return [*super().shown_relations(), "official_version"]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Note on the course when its data changed, for clients that ask for what is new."""
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(each.has_changed() for each in formsets):
            course = getattr(form.instance, "course", form.instance)
            touch_course(course=course, now=timezone.now())


class DraftPartForm(CatalogForm):
    """A part of a draft is a draft, one of an official row official."""

    def clean(self) -> dict[str, Any]:
        """Take the side from what it is a part of."""
        cleaned = super().clean()
        owner = cleaned.get("course_run") or cleaned.get("course")
        if owner is not None:
            self.instance.draft = owner.draft
        return cleaned


class _DraftPart(CatalogAdmin):
    """Parts of courses and runs by themselves; they stay where they are."""

    form = DraftPartForm
    readonly_fields: ClassVar[Any] = ("draft",)
    exclude: ClassVar[Any] = ("draft_version",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Note on the course when its data changed."""
        super().save_model(request, obj, form, change)
        course = obj.course_run.course if hasattr(obj, "course_run") else obj.course
        touch_course(course=course, now=timezone.now())


class DraftPartAdmin(_DraftPart):
    """Parts without history."""


class HistoricDraftPartAdmin(_DraftPart, HistoryAdmin):
    """Parts with history."""
