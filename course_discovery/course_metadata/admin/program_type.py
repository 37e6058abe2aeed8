"""Types of programs in the admin."""

from django.contrib import admin
from parler.admin import TranslatableAdmin

from course_discovery.course_metadata.admin.base.history import HistoryAdmin
from course_discovery.course_metadata.admin.base.translated import TranslatedForm
from course_discovery.course_metadata.models import ProgramType


@admin.register(ProgramType)
class ProgramTypeAdmin(TranslatableAdmin, HistoryAdmin):  # type: ignore[misc] # ships no types
    """Types of programs in every language."""

    form = TranslatedForm
    list_display = ("name", "slug", "coaching_supported")
    search_fields = ("name", "slug", "uuid", "translations__name_t")
    readonly_fields = ("uuid",)
