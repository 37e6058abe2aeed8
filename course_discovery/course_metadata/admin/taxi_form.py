"""Lead forms in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import TaxiForm


@admin.register(TaxiForm)
class TaxiFormAdmin(CatalogAdmin):
    """Forms by which somebody asks to be told more."""

    list_display = ("form_id", "grouping", "title")
    search_fields = ("form_id", "grouping", "title")
    ordering = ("form_id",)
