"""Topics."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslatedField, TranslationsForeignKey
from parler.models import TranslatedFieldsModel

from course_discovery.core.changes.logged import LoggedModel
from course_discovery.core.changes.translated import LoggedTranslatable, LoggedTranslatableManager
from course_discovery.core.fields import HtmlField
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models.base import TimeStampedModel


class Topic(LoggedTranslatable, TimeStampedModel):
    """A topic page of the marketing site; courses name topics by tags."""

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"))
    slug = models.SlugField(_("slug"), max_length=255)
    banner_image_url = models.URLField(_("banner image"), max_length=255, blank=True, null=True)
    name = TranslatedField(any_language=True)
    subtitle = TranslatedField(any_language=True)
    description = TranslatedField(any_language=True)
    long_description = TranslatedField(any_language=True)

    objects: ClassVar[LoggedTranslatableManager] = LoggedTranslatableManager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("created", "pk")
        constraints = [
            models.UniqueConstraint(fields=["partner", "slug"], name="topic_slug"),
            models.UniqueConstraint(fields=["partner", "uuid"], name="topic_uuid"),
        ]

    def __str__(self) -> str:
        return self.slug


class TopicTranslation(LoggedModel, TranslatedFieldsModel):  # type: ignore[misc]
    """A topic's texts in one language."""

    master = TranslationsForeignKey(
        Topic, models.CASCADE, related_name="translations", editable=False, null=True
    )
    name = models.CharField(_("name"), max_length=255)
    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True, null=True)
    description = HtmlField(_("description"), blank=True, null=True)
    long_description = HtmlField(_("long description"), blank=True, null=True)

    class Meta:
        verbose_name = _("topic translation")
        unique_together = (("language_code", "master"),)

    def __str__(self) -> str:
        return self.name
