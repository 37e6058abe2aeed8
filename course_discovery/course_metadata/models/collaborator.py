"""Who makes courses together with their authors."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.images import StdImageField
from course_discovery.course_metadata.models.base import TimeStampedModel


class Collaborator(TimeStampedModel):
    """Somebody named with a picture beside a course's authors."""

    VARIATIONS = {"original": (200, 100)}

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(_("name"), max_length=255, default="")
    image = StdImageField(
        _("image"),
        upload_to="media/course/collaborator/images",
        variations=VARIATIONS,
        max_length=255,
        blank=True,
        null=True,
    )

    class Meta:
        verbose_name = _("collaborator")
        verbose_name_plural = _("collaborators")
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return self.name
