"""What people do, and where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.organization import Organization
from course_discovery.course_metadata.models.person import Person


class Position(TimeStampedModel):
    """The position of a person, at an organization of the catalog or at another."""

    person = models.OneToOneField(Person, models.CASCADE, verbose_name=_("person"))
    title = models.CharField(_("title"), max_length=255)
    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name=_("organization"), blank=True, null=True
    )
    organization_override = models.CharField(
        _("another organization"), max_length=255, blank=True, null=True
    )

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")

    def __str__(self) -> str:
        return f"{self.title}, {self.organization_name}"

    @property
    def organization_name(self) -> str | None:
        """The name of the organization, whichever it is."""
        if self.organization_override or self.organization is None:
            return self.organization_override
        return self.organization.name
