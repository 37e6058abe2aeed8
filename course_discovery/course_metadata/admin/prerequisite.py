"""Prerequisites in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import Prerequisite


@admin.register(Prerequisite)
class PrerequisiteAdmin(CatalogAdmin):
    """What learners should know before."""

    list_display = ("name", "created")
    search_fields = ("name",)
    ordering = ("name",)
