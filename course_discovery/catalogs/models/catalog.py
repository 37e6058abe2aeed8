"""A catalog: a query with a name."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.course_metadata.models.base import TimeStampedModel


class Catalog(TimeStampedModel):
    """The courses, with their runs, and the programs that queries match.

    Who may see, change or delete it is said by object permissions.
    """

    VIEW, CHANGE, DELETE = "view_catalog", "change_catalog", "delete_catalog"

    name = models.CharField(_("name"), max_length=255)
    query = models.TextField(_("query"), help_text=_("A query string for courses and course runs."))
    program_query = models.TextField(
        _("program query"),
        blank=True,
        default="",
        help_text=_("A query string for programs; empty for none."),
    )
    include_archived = models.BooleanField(
        _("include archived"),
        default=False,
        help_text=_("Whether courses are listed that nobody can enroll in now."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("catalog")
        verbose_name_plural = _("catalogs")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
