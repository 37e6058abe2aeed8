"""What the catalog's models share."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.changes.logged import LoggedManager, LoggedModel, Row


class TimeStampedModel(LoggedModel):
    """A logged model that knows when its row was made and last saved."""

    created = models.DateTimeField(_("created"), auto_now_add=True)
    modified = models.DateTimeField(_("modified"), auto_now=True)

    class Meta:
        abstract = True


class OfficialManager(LoggedManager[Row]):
    """Official rows only."""

    def get_queryset(self) -> "models.QuerySet[Row]":
        """All rows that are no drafts."""
        return super().get_queryset().filter(draft=False)


class DraftModel(TimeStampedModel):
    """A model with two rows for one thing: the draft that people edit, the official that is served.

    Both have the same uuid and key; the official row points to its draft. `everything` comes first
    and is the default and base manager, so that related managers and uniqueness checks see drafts.
    A draft hangs on drafts only, an official row on official rows only.
    """

    draft = models.BooleanField(_("draft"), default=False)
    draft_version = models.OneToOneField(
        "self",
        models.SET_NULL,
        verbose_name=_("draft version"),
        related_name="official_version",
        limit_choices_to={"draft": True},
        blank=True,
        null=True,
    )

    everything: ClassVar[LoggedManager[Self]] = LoggedManager()
    objects: ClassVar[OfficialManager[Self]] = OfficialManager()

    class Meta:
        abstract = True
        default_manager_name = "everything"
        base_manager_name = "everything"


class OrderedLink(LoggedModel):
    """One place in an ordered list: which row of another model stands there."""

    sort_value = models.PositiveSmallIntegerField(_("sort value"), default=0)

    class Meta:
        abstract = True
        ordering = ("sort_value", "pk")
