"""Levels of difficulty."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslatedField, TranslationsForeignKey
from parler.models import TranslatedFieldsModel

from course_discovery.core.changes.logged import LoggedModel
from course_discovery.core.changes.translated import LoggedTranslatable, LoggedTranslatableManager
from course_discovery.course_metadata.models.base import TimeStampedModel


class LevelType(LoggedTranslatable, TimeStampedModel):
    """A level such as Introductory. `name` is the stable one, `name_t` what readers see."""

    name = models.CharField(_("name"), max_length=255, unique=True)
    sort_value = models.PositiveSmallIntegerField(_("sort value"), default=0, db_index=True)
    name_t = TranslatedField(any_language=True)

    objects: ClassVar[LoggedTranslatableManager] = LoggedTranslatableManager()

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ("sort_value",)

    def __str__(self) -> str:
        return self.name


class LevelTypeTranslation(LoggedModel, TranslatedFieldsModel):  # type: ignore[misc]
    """A level's name in one language."""

    master = TranslationsForeignKey(
        LevelType, models.CASCADE, related_name="translations", editable=False, null=True
    )
    name_t = models.CharField(_("name"), max_length=255)

    class Meta:
        verbose_name = _("level translation")
        unique_together = (("language_code", "master"), ("language_code", "name_t"))

    def __str__(self) -> str:
        return self.name_t
