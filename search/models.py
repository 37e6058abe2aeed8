"""What the database knows of search: which indexes are being built."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexBuild(models.Model):
    """An index that is being filled and is not in use yet.

    Live updates reach it as they reach the index in use. Its row comes before the index and goes
    after the alias has moved, so what a killed build leaves behind can always be told.
    """

    index = models.CharField(_("index"), max_length=255, primary_key=True)
    kind = models.CharField(_("kind"), max_length=32)
    host = models.CharField(_("host"), max_length=255)
    process = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started at"))
    alive_at = models.DateTimeField(_("last sign of life"))

    class Meta:
        verbose_name = _("index build")
        verbose_name_plural = _("index builds")

    def __str__(self) -> str:
        return self.index
