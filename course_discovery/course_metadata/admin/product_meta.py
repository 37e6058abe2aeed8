"""Product meta data in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import ProductMeta


@admin.register(ProductMeta)
class ProductMetaAdmin(CatalogAdmin):
    """Titles, descriptions and keywords of pages."""

    list_display = ("title", "description")
    search_fields = ("title", "description")
    ordering = ("title",)
