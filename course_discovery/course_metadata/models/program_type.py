"""Types of programs."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslatedField, TranslationsForeignKey
from parler.models import TranslatedFieldsModel
from simple_history.models import HistoricalRecords

from course_discovery.core.changes.logged import LoggedModel
from course_discovery.core.changes.translated import LoggedTranslatable, LoggedTranslatableManager
from course_discovery.core.images import StdImageField
from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.seat_type import SeatType


class ProgramType(LoggedTranslatable, TimeStampedModel):
    """A type such as MicroMasters. `name` is the stable one, `name_t` what readers see."""

    VARIATIONS = {
        "large": (256, 256),
        "medium": (128, 128),
        "small": (64, 64),
        "x-small": (32, 32),
    }
    XSERIES, MICROMASTERS = "xseries", "micromasters"
    PROFESSIONAL_CERTIFICATE = "professional-certificate"
    PROFESSIONAL_PROGRAM_WL = "professional-program-wl"
    MASTERS, BACHELORS, DOCTORATE = "masters", "bachelors", "doctorate"
    LICENSE, CERTIFICATE, MICROBACHELORS = "license", "certificate", "microbachelors"

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(_("name"), max_length=32)
    slug = models.SlugField(_("slug"), max_length=255, unique=True)
    applicable_seat_types = models.ManyToManyField(
        SeatType,
        verbose_name=_("applicable seat types"),
        help_text=_("Seats that count when a program of this type is bought."),
        blank=True,
    )
    logo_image = StdImageField(
        _("logo"),
        upload_to="media/program_types/logo_images",
        variations=VARIATIONS,
        max_length=255,
        blank=True,
        null=True,
    )
    coaching_supported = models.BooleanField(_("with coaching"), default=False)
    name_t = TranslatedField(any_language=True)

    objects: ClassVar[LoggedTranslatableManager] = LoggedTranslatableManager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("program type")
        verbose_name_plural = _("program types")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class ProgramTypeTranslation(LoggedModel, TranslatedFieldsModel):  # type: ignore[misc]
    """A program type's name in one language."""

    master = TranslationsForeignKey(
        ProgramType, models.CASCADE, related_name="translations", editable=False, null=True
    )
    name_t = models.CharField(_("name"), max_length=32)

    class Meta:
        verbose_name = _("program type translation")
        unique_together = (("language_code", "master"), ("language_code", "name_t"))

    def __str__(self) -> str:
        return self.name_t
