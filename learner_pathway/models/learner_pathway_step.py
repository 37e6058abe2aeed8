"""Steps of learner pathways."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import OrderedLink
from learner_pathway.models.learner_pathway import LearnerPathway


class LearnerPathwayStep(OrderedLink):
    """One step of a pathway: nodes of which a learner completes at least `min_requirement`."""

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, unique=True)
    pathway = models.ForeignKey(
        LearnerPathway, models.CASCADE, verbose_name=_("learner pathway"), related_name="steps"
    )
    min_requirement = models.PositiveSmallIntegerField(
        _("required nodes"),
        help_text=_("How many of the nodes a learner must complete."),
        default=1,
        validators=[MinValueValidator(1)],
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("step of a learner pathway")
        verbose_name_plural = _("steps of learner pathways")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_requirement__gte=1), name="learner_pathway_step_requires_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pathway_id}: {self.uuid}"
