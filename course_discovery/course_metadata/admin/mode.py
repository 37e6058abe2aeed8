"""Modes in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.models import Mode


@admin.register(Mode)
class ModeAdmin(HistoryAdmin):
    """Modes of the platform."""

    list_display = ("name", "slug", "certificate_type", "payee")
    search_fields = ("name", "slug")
