"""To whom learner pathways are offered, where not to all."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.changes.logged import LoggedModel
from learner_pathway.models.learner_pathway import LearnerPathway


class ScopeKind(models.TextChoices):
    """What the uuid of a scope is of."""

    ENTERPRISE = "enterprise", _("Enterprise")
    LEARNER_GROUP = "learner_group", _("Learner group")


class LearnerPathwayScope(LoggedModel):
    """An enterprise or a group of learners that a pathway is for; both live elsewhere."""

    pathway = models.ForeignKey(
        LearnerPathway, models.CASCADE, verbose_name=_("learner pathway"), related_name="scopes"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=ScopeKind.choices)
    uuid = models.UUIDField(_("uuid"), help_text=_("Of the enterprise, or of the group."))

    class Meta:
        verbose_name = _("scope of a learner pathway")
        verbose_name_plural = _("scopes of learner pathways")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["pathway", "kind", "uuid"], name="learner_pathway_scope_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"
