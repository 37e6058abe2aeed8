"""Levels in the admin."""

from django.contrib import admin
from parler.admin import TranslatableAdmin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.admin.base.translated import TranslatedForm
from course_discovery.course_metadata.models import LevelType


@admin.register(LevelType)
class LevelTypeAdmin(TranslatableAdmin, CatalogAdmin):  # type: ignore[misc] # ships no types
    """Levels in every language."""

    form = TranslatedForm
    list_display = ("name", "sort_value")
    search_fields = ("name", "translations__name_t")
