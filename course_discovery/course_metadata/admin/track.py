"""Tracks in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.models import Track


@admin.register(Track)
class TrackAdmin(HistoryAdmin):
    """Tracks: modes and what they are sold as."""

    list_display = ("mode", "seat_type")
    list_select_related = ("mode", "seat_type")
    search_fields = ("mode__name", "mode__slug", "seat_type__name")
