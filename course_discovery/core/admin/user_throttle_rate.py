"""Rates of calls in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from course_discovery.core.admin.answering import AnsweringAdmin
from course_discovery.core.models import UserThrottleRate
from course_discovery.core.rest.throttling import forget_own_rates


@admin.register(UserThrottleRate)
class UserThrottleRateAdmin(AnsweringAdmin):
    """Accounts with a rate of their own."""

    list_display = ("user", "rate")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__email")
    # A select of Django's own fails with what is no number.
    raw_id_fields = ("user",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the rate, and follow it at once in this process."""
        super().save_model(request, obj, form, change)
        forget_own_rates()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """The same for a deleted one."""
        super().delete_model(request, obj)
        forget_own_rates()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """The same for several."""
        super().delete_queryset(request, queryset)
        forget_own_rates()
