"""Runs that only some may see, in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.inline import PartInline
from course_discovery.course_metadata.admin.draft import DraftPartAdmin, DraftPartForm
from course_discovery.course_metadata.models import RestrictedCourseRun


class RestrictionInline(PartInline):
    """The restriction, if there is one."""

    model = RestrictedCourseRun
    form = DraftPartForm
    fields = ("restriction_type",)


@admin.register(RestrictedCourseRun)
class RestrictedCourseRunAdmin(DraftPartAdmin):
    """Restrictions of all runs, drafts too."""

    list_display = ("course_run", "restriction_type", "draft")
    list_filter = ("restriction_type", "draft")
    list_select_related = ("course_run",)
    search_fields = ("course_run__key",)
    fixed_fields = ("course_run",)
