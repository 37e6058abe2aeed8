"""Subjects in the admin."""

from django.contrib import admin
from parler.admin import TranslatableAdmin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.admin.base.translated import TranslatedForm
from course_discovery.course_metadata.models import Subject


@admin.register(Subject)
class SubjectAdmin(TranslatableAdmin, CatalogAdmin):  # type: ignore[misc] # ships no types
    """Subjects in every language."""

    form = TranslatedForm
    list_display = ("slug", "partner")
    list_filter = ("partner",)
    list_select_related = ("partner",)
    search_fields = ("slug", "translations__name", "uuid")
    ordering = ("slug",)
    fixed_fields = ("partner",)
    readonly_fields = ("uuid",)
