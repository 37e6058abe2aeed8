"""Course runs in the admin, with their review and what is owed to other services."""

from typing import Any, ClassVar

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.admin.course_run import CourseRunAdmin
from course_discovery.course_metadata.models import CourseRun
from course_discovery.publisher.admin.review import ReviewAdmin
from course_discovery.publisher.operations.errands.kinds import label_of
from course_discovery.publisher.queries.errand import errands_of

admin.site.unregister(CourseRun)


@admin.register(CourseRun)
class PublisherCourseRunAdmin(ReviewAdmin, CourseRunAdmin):
    """Runs, their review, and how far their errands have come."""

    readonly_fields: ClassVar[Any] = (*CourseRunAdmin.readonly_fields, "errands")
    fieldsets: ClassVar[Any] = (
        *CourseRunAdmin.fieldsets,
        (_("Owed to other services"), {"fields": ("errands",)}),
    )

    @admin.display(description=_("errands"))
    def errands(self, run: CourseRun) -> Any:
        """Each with its state, and the page where it can be tried again."""
        lines = format_html_join(
            "",
            "<li>{}: {} {}</li>",
            (
                (label_of(each.kind), each.get_state_display(), each.last_error)
                for each in errands_of(run.uuid)
            ),
        )
        if not lines:
            return "-"
        address = reverse("admin:publisher_errand_changelist")
        return format_html(
            '<ul>{}</ul><a href="{}?subject={}">{}</a>', lines, address, run.uuid, _("All of them")
        )
