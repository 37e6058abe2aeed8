"""Whether a stored projection is up to date: a narrow row, because changes write it."""

from datetime import UTC, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

# When what was marked is due: always.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Projection(models.Model):
    """What is known of one rendered object in one language; its body stands in another table.

    A mark raises `version`. What was rendered is stored only while `version` is still the one that
    the renderer had seen, which becomes `stored_version`: so a body is as good as its mark.
    """

    kind = models.CharField(_("kind"), max_length=32)
    row = models.BigIntegerField(_("primary key of the object"))
    language = models.CharField(_("language"), max_length=16, blank=True, default="")
    version = models.PositiveBigIntegerField(_("version"), default=1)
    stored_version = models.PositiveBigIntegerField(_("stored version"), default=0)
    # A number for the transaction that marked it last.
    marked_by = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(_("time of the last change that touches it"), null=True)
    # The `changed_at` of the last of those changes that really made another body of it.
    data_changed_at = models.DateTimeField(_("time of the last change seen in it"), null=True)
    fingerprint = models.CharField(_("fingerprint of the body"), max_length=32, blank=True)
    modified_at = models.DateTimeField(_("last modified"), null=True)
    # Null for never, LONG_AGO for what was marked, else when time alone changes it.
    due_at = models.DateTimeField(_("due"), null=True, default=LONG_AGO, db_index=True)
    rendered_at = models.DateTimeField(_("rendered"), null=True)
    revision = models.CharField(_("revision of the code"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("projection")
        verbose_name_plural = _("projections")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "row", "language"], name="one_projection_of_a_row"
            )
        ]
        indexes = [models.Index(fields=["kind", "changed_at"], name="projection_changed")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row} {self.language}".rstrip()
