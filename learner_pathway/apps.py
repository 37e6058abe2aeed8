"""The learner pathways app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearnerPathwayConfig(AppConfig):
    """Steps of courses, programs and blocks that lead to a goal."""

    name = "learner_pathway"
    verbose_name = _("Learner pathways")

    def ready(self) -> None:
        """Register the models with the change log."""
        from learner_pathway import owners

        owners.register()
