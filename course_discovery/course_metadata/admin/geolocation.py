"""Places in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import GeoLocation


@admin.register(GeoLocation)
class GeoLocationAdmin(CatalogAdmin):
    """Places that products belong to."""

    list_display = ("location_name", "lat", "lng")
    search_fields = ("location_name",)
    ordering = ("location_name",)
