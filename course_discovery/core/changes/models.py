"""The tables of the change log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One object that one transaction changed. Append-only.

    `number` is 0 until the transaction is committed and the sequencer has seen it; readers go by
    number, so that a transaction that commits late is never skipped.
    """

    CREATE, UPDATE, DELETE, REBUILD = "create", "update", "delete", "rebuild"
    OPERATIONS = (
        (CREATE, _("create")),
        (UPDATE, _("update")),
        (DELETE, _("delete")),
        (REBUILD, _("rebuild")),
    )

    number = models.PositiveBigIntegerField(_("number"), default=0, db_index=True)
    transaction = models.CharField(_("transaction"), max_length=32)
    kind = models.CharField(_("kind"), max_length=32)
    uuid = models.UUIDField(_("uuid"))
    key = models.CharField(_("key"), max_length=255)
    draft = models.BooleanField(_("draft"), default=False)
    operation = models.CharField(_("operation"), max_length=8, choices=OPERATIONS)
    actor = models.CharField(_("actor"), max_length=150, blank=True)
    origin = models.CharField(_("origin"), max_length=16, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [
            models.UniqueConstraint(
                fields=["transaction", "kind", "uuid", "draft"], name="change_once_per_transaction"
            )
        ]
        indexes = [models.Index(fields=["kind", "uuid"], name="change_of_object")]

    def __str__(self) -> str:
        return f"{self.number} {self.operation} {self.kind} {self.key}"


class ChangeSequence(models.Model):
    """One row: the last number given. Its row lock is what puts committed changes in order."""

    last_number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("change sequence")

    def __str__(self) -> str:
        return str(self.last_number)


class ChangeCursor(models.Model):
    """How far one consumer has read."""

    consumer = models.CharField(_("consumer"), max_length=64, primary_key=True)
    position = models.PositiveBigIntegerField(_("position"), default=0)
    moved_at = models.DateTimeField(_("moved at"), null=True)
    last_error = models.CharField(_("last error"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("change cursor")

    def __str__(self) -> str:
        return f"{self.consumer} at {self.position}"


class DrainLease(models.Model):
    """One row: which process drains, and until when it is taken to be alive."""

    holder = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("drain lease")

    def __str__(self) -> str:
        return f"{self.holder} until {self.expires_at:%H:%M:%S}"
