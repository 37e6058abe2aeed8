"""Subjects, levels, languages, sources, images and videos in the admin."""

from django.contrib import admin
from parler.admin import TranslatableAdmin

from course_discovery.core.admin.fields import URL_FIELDS
from course_discovery.course_metadata.models import (
    Image,
    LanguageTag,
    LevelType,
    Source,
    Subject,
    Video,
)


@admin.register(Subject)
class SubjectAdmin(TranslatableAdmin):  # type: ignore[misc] # parler ships no types
    """Subjects in every language."""

    formfield_overrides = URL_FIELDS
    list_display = ("slug", "partner")
    list_filter = ("partner",)
    list_select_related = ("partner",)
    search_fields = ("slug", "translations__name", "uuid")
    readonly_fields = ("uuid",)


@admin.register(LevelType)
class LevelTypeAdmin(TranslatableAdmin):  # type: ignore[misc] # parler ships no types
    """Levels in every language."""

    list_display = ("name", "sort_value")
    search_fields = ("name", "translations__name_t")


@admin.register(LanguageTag)
class LanguageTagAdmin(TranslatableAdmin):  # type: ignore[misc] # parler ships no types
    """Languages."""

    list_display = ("code", "name")
    search_fields = ("code", "name")


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    """Product sources."""

    list_display = ("name", "slug", "description")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin[Image]):
    """Images by address."""

    formfield_overrides = URL_FIELDS
    list_display = ("src", "description")
    search_fields = ("src", "description")


@admin.register(Video)
class VideoAdmin(admin.ModelAdmin[Video]):
    """Videos by address."""

    formfield_overrides = URL_FIELDS
    list_display = ("src", "description")
    search_fields = ("src", "description")
    autocomplete_fields = ("image",)
