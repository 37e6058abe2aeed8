"""Job outlook items in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import JobOutlookItem


@admin.register(JobOutlookItem)
class JobOutlookItemAdmin(CatalogAdmin):
    """What a program helps to become."""

    list_display = ("value", "created")
    search_fields = ("value",)
    ordering = ("value",)
