"""What distinguishes degrees, in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import Ranking, Specialization


@admin.register(Ranking)
class RankingAdmin(CatalogAdmin):
    """Places that somebody gives to degrees."""

    list_display = ("rank", "description", "source")
    search_fields = ("rank", "description", "source")
    ordering = ("description",)


@admin.register(Specialization)
class SpecializationAdmin(CatalogAdmin):
    """Fields in which degrees can be deepened."""

    list_display = ("value", "created")
    search_fields = ("value",)
    ordering = ("value",)
