"""Who holds an external key, and where (decision 7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.fields import ExactCharField


class ClaimScope(models.TextChoices):
    """Where an external key means one run only."""

    COURSE = "course", _("Course")
    CURRICULUM = "curriculum", _("Curriculum")
    PROGRAM = "program", _("Program")


class ExternalKeyClaim(models.Model):
    """That one run holds an external key within a course, a curriculum or a program.

    Draft and official rows of a run share its claims, by their uuid. Written by operations only.
    """

    scope = models.CharField(_("scope"), max_length=16, choices=ClaimScope.choices)
    scope_uuid = models.UUIDField(_("uuid of the scope"))
    key_folded = ExactCharField(_("external key"), max_length=255)
    run_uuid = models.UUIDField(_("uuid of the run"), db_index=True)

    class Meta:
        verbose_name = _("external key claim")
        verbose_name_plural = _("external key claims")
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "scope_uuid", "key_folded"], name="external_key_claim"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.scope_uuid}: {self.key_folded}"
