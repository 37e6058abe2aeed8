"""Types of courses in the admin (decision 9: operators make their own)."""

from adminsortable2.admin import SortableAdminBase
from django.contrib import admin

from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.admin.base.inline import LinkInline
from course_discovery.course_metadata.models import CourseType, CourseTypeRunType


class RunTypeInline(LinkInline):
    """The run types that a course type offers."""

    model = CourseTypeRunType


@admin.register(CourseType)
class CourseTypeAdmin(SortableAdminBase, HistoryAdmin):  # type: ignore[misc] # ships no types
    """Types of courses."""

    list_display = ("name", "slug", "rank")
    search_fields = ("name", "slug", "uuid")
    readonly_fields = ("uuid",)
    inlines = (RunTypeInline,)
