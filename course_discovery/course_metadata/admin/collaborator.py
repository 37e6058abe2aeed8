"""Collaborators in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import Collaborator


@admin.register(Collaborator)
class CollaboratorAdmin(CatalogAdmin):
    """Who makes courses together with their authors."""

    list_display = ("name", "uuid", "modified")
    search_fields = ("name", "uuid")
    ordering = ("name",)
    readonly_fields = ("uuid",)
