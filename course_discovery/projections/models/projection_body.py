"""The rendered objects themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.projections.models.projection import Projection


class ProjectionBody(models.Model):
    """One rendered object: JSON (RFC 8259)."""

    projection = models.OneToOneField(
        Projection, models.CASCADE, primary_key=True, related_name="body"
    )
    content = models.TextField(_("content"))

    class Meta:
        verbose_name = _("body of a projection")
        verbose_name_plural = _("bodies of projections")

    def __str__(self) -> str:
        return str(self.projection)
