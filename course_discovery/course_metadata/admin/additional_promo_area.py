"""Additional promotions in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import AdditionalPromoArea


@admin.register(AdditionalPromoArea)
class AdditionalPromoAreaAdmin(CatalogAdmin):
    """Second descriptions of courses."""

    list_display = ("title", "description")
    search_fields = ("title", "description", "courses__key")
    ordering = ("title",)
