"""Videos in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import Video


@admin.register(Video)
class VideoAdmin(CatalogAdmin):
    """Videos by address."""

    list_display = ("src", "description")
    search_fields = ("src", "description")
    ordering = ("src",)
