"""Synonyms in the admin."""

from django.contrib import admin

from course_discovery.core.admin.answering import AnsweringAdmin
from search.models import SynonymGroup


@admin.register(SynonymGroup)
class SynonymGroupAdmin(AnsweringAdmin):
    """Words that searches take as equal. An edit holds from the next search on."""

    list_display = ("__str__", "enabled")
    list_filter = ("enabled",)
    search_fields = ("words",)
