"""How far the members of catalogs are known."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.catalogs.models.catalog import Catalog


class AskedCatalog(models.Model):
    """What was asked for a catalog last: its members are what the queries matched at `moment`.

    They are all known once `complete` is true; until then `alive_at` tells when whoever asks gave
    a sign of life. `indexes` are those that answered. `error` is why the query cannot be read,
    `program_error` why that for programs cannot; then there are no members of that kind.
    """

    catalog = models.OneToOneField(
        Catalog, models.CASCADE, primary_key=True, related_name="asked", verbose_name=_("catalog")
    )
    query = models.TextField(_("query"))
    program_query = models.TextField(_("program query"), blank=True)
    moment = models.DateTimeField(_("moment"))
    moves = models.BooleanField(_("whether time changes what the queries mean"))
    indexes = models.TextField(_("indexes"), blank=True)
    error = models.TextField(_("what is wrong with the query"), blank=True, default="")
    program_error = models.TextField(
        _("what is wrong with the program query"), blank=True, default=""
    )
    complete = models.BooleanField(_("complete"), default=False)
    alive_at = models.DateTimeField(_("last sign of life"))

    class Meta:
        verbose_name = _("asked catalog")
        verbose_name_plural = _("asked catalogs")

    def __str__(self) -> str:
        return f"{self.catalog_id} at {self.moment:%Y-%m-%d %H:%M:%S}"


class AskedRound(models.Model):
    """One row: how often it was asked again because something had changed.

    Answers to questions of an earlier round are thrown away. Its row lock puts the changes of
    members in order.
    """

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("round of questions")
        verbose_name_plural = _("rounds of questions")

    def __str__(self) -> str:
        return str(self.number)


class PassedBoundary(models.Model):
    """A document that is written anew without a change: which catalogs have it is to be asked.

    One told twice has two rows: whoever asks forgets only what was told before.
    """

    kind = models.CharField(_("kind"), max_length=16)
    uuid = models.UUIDField(_("uuid"))

    class Meta:
        verbose_name = _("passed boundary")
        verbose_name_plural = _("passed boundaries")

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"
