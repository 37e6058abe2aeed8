"""What the database knows of search: indexes in the making and in use, and words that are equal."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.changes.logged import LoggedModel


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


class IndexRecord(models.Model):
    """What is remembered of the index of one kind: how it came into use, and its last check."""

    kind = models.CharField(_("kind"), max_length=32, primary_key=True)
    index = models.CharField(_("index"), max_length=255, blank=True)
    definition = models.CharField(_("digest of its definition"), max_length=32, blank=True)
    documents = models.PositiveIntegerField(_("documents"), default=0)
    built_at = models.DateTimeField(_("built at"), null=True)
    rolled_back_at = models.DateTimeField(_("rolled back at"), null=True)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    differing = models.PositiveIntegerField(_("differing documents"), default=0)
    repaired = models.PositiveIntegerField(_("repaired documents"), default=0)

    class Meta:
        verbose_name = _("index record")
        verbose_name_plural = _("index records")

    def __str__(self) -> str:
        return f"{self.kind}: {self.index}"


MAX_WORDS = 20
_WORD = re.compile(r"\w+")


def check_words(written: str) -> None:
    """Raise ValidationError for what is no list of equal words, two at least."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    if not 2 <= len({line.casefold() for line in lines}) <= MAX_WORDS:
        raise ValidationError(
            _("Write from 2 to %(most)d different words, a line each."), params={"most": MAX_WORDS}
        )
    for line in lines:
        if not _WORD.search(line):
            raise ValidationError(_("“%(line)s” has no letter."), params={"line": line})


class SynonymGroup(LoggedModel):
    """Words, or phrases, that searches take as equal."""

    words = models.TextField(
        _("words"),
        max_length=1000,
        validators=[check_words],
        help_text=_("Words or phrases that mean the same, a line each. Case does not matter."),
    )
    enabled = models.BooleanField(_("enabled"), default=True)

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")
        ordering = ("pk",)

    def __str__(self) -> str:
        return ", ".join(self.listed())

    def listed(self) -> list[str]:
        """The words, once each."""
        lines = [line.strip() for line in self.words.splitlines()]
        return list({line.casefold(): line for line in lines if line}.values())
