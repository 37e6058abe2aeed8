"""The core app: users, partners, currencies."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Users, partners, currencies and what every other app stands on."""

    name = "course_discovery.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        """Register the core models with the change log, and the deploy checks."""
        from course_discovery.core import checks, owners  # noqa: F401 - registers checks

        owners.register()
