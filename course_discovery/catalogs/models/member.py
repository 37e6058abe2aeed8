"""What a catalog holds, and what it gained and lost."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.catalogs.models.catalog import Catalog
from course_discovery.core.fields import ExactCharField, FoldedField


class _MemberColumns(models.Model):
    """What is known of a member: kind and uuid name it, the rest is as its document says.

    Runs of a restriction type other than "" are shown only to those who ask for it.
    """

    kind = models.CharField(_("kind"), max_length=16)
    uuid = models.UUIDField(_("uuid"))
    key = models.CharField(_("key"), max_length=255)
    partner = ExactCharField(_("partner's short code"), max_length=8)
    restriction_type = ExactCharField(_("restriction type"), max_length=255, blank=True, default="")

    class Meta:
        abstract = True


class Member(_MemberColumns):
    """A course, run or program that a catalog's query matches; `row` is its primary key."""

    catalog = models.ForeignKey(
        Catalog, models.CASCADE, related_name="members", verbose_name=_("catalog")
    )
    row = models.BigIntegerField(_("primary key of the object"))
    key_folded = FoldedField(source="key")

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(fields=["catalog", "kind", "uuid"], name="member_once")
        ]
        indexes = [
            models.Index(fields=["catalog", "kind", "key_folded"], name="member_by_key"),
            models.Index(fields=["catalog", "kind", "row"], name="member_by_row"),
        ]

    def __str__(self) -> str:
        return f"{self.catalog_id}: {self.kind} {self.key}"


class Cause(models.TextChoices):
    """Why somebody asked which members a catalog has."""

    CHANGE = "change", _("a change of what it holds")
    CATALOG = "catalog", _("a change of the catalog")
    TIME = "time", _("time passed")
    INDEX = "index", _("another search index")


class MemberChange(_MemberColumns):
    """That a catalog gained or lost a member. Append-only; the primary keys rise.

    `change` is the number of the change in the change log, null where none has led to it.
    """

    catalog = models.ForeignKey(
        Catalog, models.CASCADE, related_name="member_changes", verbose_name=_("catalog")
    )
    gained = models.BooleanField(_("gained"))
    cause = models.CharField(_("cause"), max_length=8, choices=Cause.choices)
    change = models.PositiveBigIntegerField(_("number of the change"), null=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change of members")
        verbose_name_plural = _("changes of members")
        indexes = [models.Index(fields=["catalog", "at"], name="member_change_at")]

    def __str__(self) -> str:
        return f"{self.catalog_id}: {'+' if self.gained else '-'} {self.kind} {self.key}"
