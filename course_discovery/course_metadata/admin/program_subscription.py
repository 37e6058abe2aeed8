"""Subscriptions to programs in the admin."""

from django.contrib import admin

from course_discovery.course_metadata.admin.base.inline import PartInline
from course_discovery.course_metadata.admin.base.page import CatalogAdmin
from course_discovery.course_metadata.models import ProgramSubscription, ProgramSubscriptionPrice


class PriceInline(PartInline):
    """What it costs, once for each currency."""

    model = ProgramSubscriptionPrice


@admin.register(ProgramSubscription)
class ProgramSubscriptionAdmin(CatalogAdmin):
    """Programs that can be subscribed to."""

    list_display = ("program", "subscription_eligible")
    list_filter = ("subscription_eligible",)
    list_select_related = ("program",)
    search_fields = ("program__title", "program__uuid")
    ordering = ("program__title",)
    fixed_fields = ("program",)
    inlines = (PriceInline,)
