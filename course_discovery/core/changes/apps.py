"""The change log app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """What changed, in which order, and who has to hear of it."""

    name = "course_discovery.core.changes"
    label = "changes"
    verbose_name = _("Change log")

    def ready(self) -> None:
        """Start draining with the first request that this process serves."""
        from course_discovery.core.changes import background

        background.connect()
