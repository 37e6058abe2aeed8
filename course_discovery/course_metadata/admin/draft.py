"""What the admin keeps right on rows that come as draft and official."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from course_discovery.course_metadata.models.base import DraftModel
from course_discovery.course_metadata.operations.data_modified import touch_course


class DraftAdmin(SimpleHistoryAdmin):  # type: ignore[misc] # simple_history ships no types
    """Courses and runs: parts belong to the same side, and readers hear that data changed.

    New ones come from loaders and the publisher, which give them slugs and twins.
    """

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds them by hand."""
        return False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A part of a draft is a draft, one of an official row official."""
        for each in formset.forms:
            if isinstance(each.instance, DraftModel):
                each.instance.draft = form.instance.draft
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Note on the course when its data changed, for clients that ask for what is new."""
        super().save_related(request, form, formsets, change)
        course = getattr(form.instance, "course", form.instance)
        touch_course(course=course, now=timezone.now())


class DraftPartAdmin(SimpleHistoryAdmin):  # type: ignore[misc] # simple_history ships no types
    """Parts of courses and runs by themselves; `owner` is the foreign key to what they are of."""

    owner = ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A part of a draft is a draft, one of an official row official."""
        obj.draft = getattr(obj, self.owner).draft
        super().save_model(request, obj, form, change)
