"""Types of course runs."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.track import Track


class CourseRunType(TimeStampedModel):
    """A label for the tracks of a run, and facts about such runs (decision 9)."""

    EMPTY = "empty"

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(_("name"), max_length=64)
    slug = models.CharField(_("slug"), max_length=64, unique=True)
    tracks = models.ManyToManyField(Track, verbose_name=_("tracks"), blank=True)
    is_marketable = models.BooleanField(_("marketable"), default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("course run type")
        verbose_name_plural = _("course run types")

    def __str__(self) -> str:
        return self.name
