"""Currencies in the admin."""

from django.contrib import admin

from course_discovery.core.admin.answering import AnsweringAdmin
from course_discovery.core.models import Currency


@admin.register(Currency)
class CurrencyAdmin(AnsweringAdmin):
    """Currencies."""

    list_display = ("code", "name")
    search_fields = ("code", "name")
    ordering = ("code",)
    fixed_fields = ("code",)
