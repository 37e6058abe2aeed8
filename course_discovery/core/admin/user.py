"""Accounts in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _

from course_discovery.core.admin.answering import AnsweringAdmin
from course_discovery.core.models import User


@admin.register(User)
class UserAdmin(AnsweringAdmin, DjangoUserAdmin[User]):
    """Accounts."""

    fieldsets = (
        *(DjangoUserAdmin.fieldsets or ()),
        (_("Catalog"), {"fields": ("full_name", "referral_tracking_id")}),
    )
