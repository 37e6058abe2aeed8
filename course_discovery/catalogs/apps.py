"""The catalogs app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogsConfig(AppConfig):
    """Named catalogs and their members."""

    name = "course_discovery.catalogs"
    label = "catalogs"
    verbose_name = _("Catalogs")

    def ready(self) -> None:
        """Register catalogs with the change log, and follow what may change their members."""
        from course_discovery.catalogs import owners
        from course_discovery.catalogs.operations import following

        owners.register()
        following.register()
