"""Users, partners and currencies in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from course_discovery.core.models import Currency, Partner, User


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    """Accounts."""

    fieldsets = (
        *(DjangoUserAdmin.fieldsets or ()),
        (_("Catalog"), {"fields": ("full_name", "referral_tracking_id")}),
    )


@admin.register(Partner)
class PartnerAdmin(SimpleHistoryAdmin):  # type: ignore[misc] # simple_history ships no types
    """Tenants."""

    list_display = ("name", "short_code", "site")
    list_select_related = ("site",)
    search_fields = ("name", "short_code")


@admin.register(Currency)
class CurrencyAdmin(admin.ModelAdmin[Currency]):
    """Currencies."""

    list_display = ("code", "name")
    search_fields = ("code", "name")
