"""Product values in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import ProductValue


@admin.register(ProductValue)
class ProductValueAdmin(CatalogAdmin):
    """What visitors of products are worth."""

    list_display = (
        "__str__",
        "per_lead_usa",
        "per_lead_international",
        "per_click_usa",
        "per_click_international",
    )
    search_fields = ("courses__key", "program__title")
