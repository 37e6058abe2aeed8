"""Tags in the admin."""

from django.contrib import admin
from taggit.models import Tag as UnusedTag

from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import Tag

# The library brings tags of its own, which nothing here is tagged with.
if admin.site.is_registered(UnusedTag):
    admin.site.unregister(UnusedTag)


@admin.register(Tag)
class TagAdmin(CatalogAdmin):
    """Words that things are tagged with."""

    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    ordering = ("name",)
    prepopulated_fields = {"slug": ("name",)}
