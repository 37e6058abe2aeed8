"""Joins organizations to groups of users."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.models.base import TimeStampedModel


class OrganizationExtension(TimeStampedModel):
    """The group of users who work for an organization (decision 3).

    Object permissions on this row say who may see the organization.
    """

    VIEW_COURSE = "publisher_view_course"
    EDIT_COURSE = "publisher_edit_course"
    VIEW_COURSE_RUN = "publisher_view_course_run"
    EDIT_COURSE_RUN = "publisher_edit_course_run"

    organization = models.OneToOneField(
        Organization,
        models.CASCADE,
        verbose_name=_("organization"),
        related_name="organization_extension",
    )
    group = models.OneToOneField(
        Group, models.CASCADE, verbose_name=_("group"), related_name="organization_extension"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organization extension")
        verbose_name_plural = _("organization extensions")
        permissions = (
            ("publisher_view_course", "Can view course"),
            ("publisher_edit_course", "Can edit course"),
            ("publisher_view_course_run", "Can view course run"),
            ("publisher_edit_course_run", "Can edit course run"),
        )

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.group_id}"
