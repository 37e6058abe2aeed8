"""Kinds of seats in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import SeatType


@admin.register(SeatType)
class SeatTypeAdmin(CatalogAdmin):
    """Kinds of seats."""

    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    ordering = ("name",)
    prepopulated_fields = {"slug": ("name",)}
