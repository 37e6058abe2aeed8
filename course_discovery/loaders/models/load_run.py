"""Loads of a partner's sources."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.models import Partner


class LoadRunManager(models.Manager["LoadRun"]):
    """Loads, and forgetting old ones."""

    def forget_all_but(self, count: int, *, partner: Partner) -> None:
        """Delete the reports of a partner's loads, but for the newest `count`."""
        mine = self.filter(partner=partner).order_by("-pk")
        newest = list(mine.values_list("pk", flat=True)[:count])
        mine.exclude(pk__in=newest).delete()


class LoadRun(models.Model):
    """One load: all wanted sources of one partner, in order.

    Without `finished` it is under way, or the process was killed.
    """

    partner = models.ForeignKey(
        Partner, models.CASCADE, verbose_name=_("partner"), related_name="load_runs"
    )
    started = models.DateTimeField(_("started"))
    finished = models.DateTimeField(_("finished"), blank=True, null=True)
    # As the command ends: 0 done, 1 a source unreachable or short, 2 refused rows where not wanted.
    exit_code = models.PositiveSmallIntegerField(_("exit code"), blank=True, null=True)

    objects: ClassVar[LoadRunManager] = LoadRunManager()

    class Meta:
        verbose_name = _("load")
        verbose_name_plural = _("loads")
        ordering = ("-started", "-pk")
        indexes = [models.Index(fields=["partner", "started"], name="load_run_of_partner")]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.started:%Y-%m-%d %H:%M}"
