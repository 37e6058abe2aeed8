"""Languages in the admin."""

from django.contrib import admin
from parler.admin import TranslatableAdmin

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.admin.base.translated import TranslatedForm
from course_discovery.course_metadata.models import LanguageTag


@admin.register(LanguageTag)
class LanguageTagAdmin(TranslatableAdmin, CatalogAdmin):  # type: ignore[misc] # ships no types
    """Languages of content."""

    form = TranslatedForm
    list_display = ("code", "name")
    search_fields = ("code", "name")
    fixed_fields = ("code",)
