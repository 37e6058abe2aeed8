"""Languages of content."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslatedField, TranslationsForeignKey
from parler.models import TranslatedFieldsModel

from course_discovery.core.changes.logged import LoggedModel
from course_discovery.core.changes.translated import LoggedTranslatable, LoggedTranslatableManager


class LanguageTag(LoggedTranslatable, LoggedModel):
    """A language by its BCP 47 tag; its name reads "Spanish - Spain (Modern)"."""

    code = models.CharField(_("code"), max_length=50, primary_key=True)
    name = models.CharField(_("name"), max_length=255)
    name_t = TranslatedField(any_language=True)

    objects: ClassVar[LoggedTranslatableManager] = LoggedTranslatableManager()

    class Meta:
        verbose_name = _("language tag")
        verbose_name_plural = _("language tags")
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} - {self.name}"


class LanguageTagTranslation(LoggedModel, TranslatedFieldsModel):  # type: ignore[misc]
    """A language's name in one language."""

    master = TranslationsForeignKey(
        LanguageTag, models.CASCADE, related_name="translations", editable=False, null=True
    )
    name_t = models.CharField(_("name"), max_length=255)

    class Meta:
        verbose_name = _("language tag translation")
        unique_together = (("language_code", "master"),)

    def __str__(self) -> str:
        return self.name_t
