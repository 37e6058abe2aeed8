"""What other product sources call organizations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.organization import Organization
from course_discovery.course_metadata.models.source import Source


class OrganizationMapping(TimeStampedModel):
    """The key that a source has for an organization."""

    organization = models.ForeignKey(Organization, models.CASCADE, verbose_name=_("organization"))
    source = models.ForeignKey(Source, models.CASCADE, verbose_name=_("source"))
    organization_external_key = models.CharField(_("external key"), max_length=255)

    class Meta:
        verbose_name = _("organization mapping")
        verbose_name_plural = _("organization mappings")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "organization_external_key"], name="organization_mapping"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.organization_external_key}"
