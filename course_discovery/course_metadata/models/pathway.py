"""Pathways: where programs lead to."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models.base import OrderedLink, TimeStampedModel
from course_discovery.course_metadata.models.program import Program


class PathwayType(models.TextChoices):
    """What a pathway gives."""

    CREDIT = "credit", _("Credit")
    INDUSTRY = "industry", _("Industry")


class PathwayStatus(models.TextChoices):
    """Whether a pathway is offered."""

    UNPUBLISHED = "unpublished", _("Unpublished")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class Pathway(TimeStampedModel):
    """An organization outside that gives credit, or work, for programs of the same partner."""

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, unique=True)
    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"))
    name = models.CharField(_("name"), max_length=255)
    org_name = models.CharField(_("organization"), max_length=255)
    email = models.EmailField(_("email"), max_length=254, blank=True, default="")
    programs = models.ManyToManyField(
        Program, through="PathwayProgram", verbose_name=_("programs"), related_name="pathways"
    )
    description = models.TextField(_("description"), blank=True, null=True)
    destination_url = models.URLField(_("address"), max_length=255, blank=True, null=True)
    pathway_type = models.CharField(
        _("type"), max_length=32, choices=PathwayType.choices, default=PathwayType.CREDIT
    )
    status = models.CharField(
        _("status"),
        max_length=32,
        choices=PathwayStatus.choices,
        default=PathwayStatus.UNPUBLISHED,
    )

    class Meta:
        verbose_name = _("pathway")
        verbose_name_plural = _("pathways")
        ordering = ("created", "pk")

    def __str__(self) -> str:
        return self.name


class PathwayProgram(OrderedLink):
    """A program of a pathway."""

    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="program_links")
    program = models.ForeignKey(
        Program, models.CASCADE, verbose_name=_("program"), related_name="pathway_links"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("program of a pathway")
        constraints = [
            models.UniqueConstraint(fields=["pathway", "program"], name="pathway_program")
        ]

    def __str__(self) -> str:
        return f"{self.pathway_id}: {self.program_id}"
