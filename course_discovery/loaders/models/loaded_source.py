"""What a load did with one source."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.loaders.models.load_run import LoadRun


class SourceState(models.TextChoices):
    """How reading a source went."""

    RUNNING = "running", _("running")
    DONE = "done", _("done")
    SHORT = "short", _("ended too early")
    UNREACHABLE = "unreachable", _("unreachable")
    FAILED = "failed", _("failed")


class LoadedSource(models.Model):
    """The counts of one source in one load; `reason` says why it is not done."""

    load_run = models.ForeignKey(
        LoadRun, models.CASCADE, verbose_name=_("load"), related_name="sources"
    )
    name = models.CharField(_("source"), max_length=64)
    state = models.CharField(
        _("state"), max_length=16, choices=SourceState.choices, default=SourceState.RUNNING
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    started = models.DateTimeField(_("started"))
    finished = models.DateTimeField(_("finished"), blank=True, null=True)
    seen = models.PositiveIntegerField(_("seen"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)

    class Meta:
        verbose_name = _("loaded source")
        verbose_name_plural = _("loaded sources")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"
