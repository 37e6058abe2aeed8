"""Work that is owed after a commit: telling other services, sending mail."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.models import Partner


class ErrandState(models.TextChoices):
    """How far an errand has come."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Errand(models.Model):
    """One piece of work, written in the transaction of the change that calls for it.

    A thing has one errand of a kind and topic: a change that comes before the last one was told
    calls for the same errand again, under a new `change`, by which other services may know a try
    that is made again.
    """

    LONGEST_ERROR = 2000

    kind = models.CharField(_("kind"), max_length=32)
    subject_kind = models.CharField(_("kind of thing"), max_length=32)
    subject = models.UUIDField(_("thing"))
    topic = models.CharField(_("topic"), max_length=64, blank=True, default="")
    key = models.CharField(_("key"), max_length=255)
    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"))
    facts: "models.JSONField[Any, Any]" = models.JSONField(_("facts"), blank=True, default=dict)
    change = models.UUIDField(_("change"), default=uuid.uuid4)
    state = models.CharField(
        _("state"), max_length=8, choices=ErrandState.choices, default=ErrandState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=LONGEST_ERROR, blank=True, default="")
    due_at = models.DateTimeField(_("next try"))
    # Until then one process is at it; what it does not note by then, another one does again.
    taken_until = models.DateTimeField(_("taken until"), blank=True, null=True)
    called_for_at = models.DateTimeField(_("called for"))
    settled_at = models.DateTimeField(_("settled"), blank=True, null=True)

    class Meta:
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        ordering = ("-called_for_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind", "topic"], name="errand_of_subject")
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="errand_due")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"
