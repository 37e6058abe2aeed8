"""Roles of this service alone, and who has them (decision 17)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from edx_rbac.models import UserRole, UserRoleAssignment
from simple_history.models import HistoricalRecords

PUBLISHER_EDITOR = "PUBLISHER_EDITOR"


class PublisherRole(UserRole):  # type: ignore[misc] # ships no types
    """A role. `PUBLISHER_EDITOR` lets internal users write."""

    class Meta:
        verbose_name = _("publisher role")
        verbose_name_plural = _("publisher roles")


class PublisherRoleAssignment(UserRoleAssignment):  # type: ignore[misc] # ships no types
    """That a person has a role: since when, why, and who said so."""

    role_class: Any = PublisherRole

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("user"),
        related_name="+",
    )
    role = models.ForeignKey(
        PublisherRole, models.CASCADE, verbose_name=_("role"), related_name="assignments"
    )
    reason = models.TextField(_("reason"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("granted by"),
        related_name="+",
        editable=False,
        null=True,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("publisher role assignment")
        verbose_name_plural = _("publisher role assignments")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="publisher_role_assignment")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role_id}"
