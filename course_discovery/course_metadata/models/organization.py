"""Organizations that author and sponsor courses."""

import uuid
from typing import Any

from django.core.validators import FileExtensionValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager

from course_discovery.core.fields import FoldedField, HtmlField
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models.base import TimeStampedModel

KEY_PATTERN = r"^[a-zA-Z0-9._-]*$"


def _png(label: Any, folder: str) -> models.ImageField:
    return models.ImageField(
        label,
        upload_to=folder,
        max_length=255,
        validators=[FileExtensionValidator(["png"])],
        blank=True,
        null=True,
    )


class Organization(TimeStampedModel):
    """A university, company or other author. `key` is the ORG of course keys."""

    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"))
    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False)
    key = models.CharField(
        _("key"),
        max_length=255,
        validators=[
            RegexValidator(KEY_PATTERN, _("Only letters, digits, dot, hyphen and underscore."))
        ],
    )
    key_folded = FoldedField(source="key")
    name = models.CharField(_("name"), max_length=255)
    certificate_name = models.CharField(
        _("name on certificates"), max_length=255, blank=True, null=True
    )
    slug = models.SlugField(_("slug"), max_length=255, editable=False)
    description = HtmlField(_("description"), blank=True, null=True)
    description_es = HtmlField(_("description in Spanish"), blank=True)
    homepage_url = models.URLField(_("home page"), max_length=255, blank=True, null=True)
    logo_image = _png(_("logo"), "organization/logos")
    certificate_logo_image = _png(_("logo on certificates"), "organization/certificate_logos")
    banner_image = _png(_("banner"), "organization/banner_images")
    organization_hex_color = models.CharField(
        _("colour"),
        max_length=6,
        validators=[RegexValidator(r"^([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")],
        blank=True,
        null=True,
    )
    auto_generate_course_run_keys = models.BooleanField(
        _("make run keys automatically"), default=True
    )
    enterprise_subscription_inclusion = models.BooleanField(
        _("in enterprise subscriptions"), default=False
    )
    tags = TaggableManager(
        verbose_name=_("tags"),
        through="course_metadata.OrganizationTag",
        related_name="organizations",
        blank=True,
    )
    data_modified_timestamp = models.DateTimeField(
        _("data modified"), editable=False, blank=True, null=True
    )

    history = HistoricalRecords(excluded_fields=["slug", "key_folded"])

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("created", "pk")
        constraints = [
            models.UniqueConstraint(fields=["partner", "key_folded"], name="organization_key"),
            models.UniqueConstraint(fields=["partner", "uuid"], name="organization_uuid"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.name}"
