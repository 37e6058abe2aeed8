"""Short texts of external products in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import CertificateInfo, Fact


@admin.register(Fact)
class FactAdmin(CatalogAdmin):
    """Facts about products."""

    list_display = ("__str__", "blurb")
    search_fields = ("heading", "blurb")
    ordering = ("heading",)


@admin.register(CertificateInfo)
class CertificateInfoAdmin(CatalogAdmin):
    """What certificates are worth."""

    list_display = ("__str__", "blurb")
    search_fields = ("heading", "blurb")
    ordering = ("heading",)
