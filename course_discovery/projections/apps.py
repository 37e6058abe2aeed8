"""The projections app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectionsConfig(AppConfig):
    """What readers see of objects, rendered and stored."""

    name = "course_discovery.projections"
    label = "projections"
    verbose_name = _("Projections")

    def ready(self) -> None:
        """Mark with every change, and render what was marked when the log is drained."""
        from course_discovery.projections import marking, refreshing

        marking.register()
        refreshing.register()
