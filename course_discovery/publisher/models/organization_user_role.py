"""What persons do for an organization's courses beside writing them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.models.base import TimeStampedModel


class InternalRole(models.TextChoices):
    """What a person does for an organization. Only coordinators have rights by it."""

    PARTNER_MANAGER = "partner_manager", _("Partner Manager")
    PROJECT_COORDINATOR = "project_coordinator", _("Project Coordinator")
    MARKETING_REVIEWER = "marketing_reviewer", _("Marketing Reviewer")
    PUBLISHER = "publisher", _("Publisher")


class OrganizationUserRole(TimeStampedModel):
    """That a person has a role for an organization."""

    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        verbose_name=_("organization"),
        related_name="organization_user_roles",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("user"),
        related_name="organization_user_roles",
    )
    role = models.CharField(
        _("role"),
        max_length=63,
        choices=InternalRole.choices,
        default=InternalRole.PROJECT_COORDINATOR,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organization user role")
        verbose_name_plural = _("organization user roles")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user", "role"], name="organization_user_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.user_id} {self.role}"
