"""The rendered objects themselves."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.projections.models.projection import Projection


class BodyField(models.TextField):  # type: ignore[type-arg] # it takes none at run time
    """A long text, many of which may be written by one statement."""

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """One for each text.

        Without it Django gives PostgreSQL an array of all, which psycopg quotes letter by letter.
        """
        return "%s"


class ProjectionBody(models.Model):
    """One rendered object: JSON (RFC 8259)."""

    projection = models.OneToOneField(
        Projection, models.CASCADE, primary_key=True, related_name="body"
    )
    content = BodyField(_("content"))

    class Meta:
        verbose_name = _("body of a projection")
        verbose_name_plural = _("bodies of projections")

    def __str__(self) -> str:
        return str(self.projection)
