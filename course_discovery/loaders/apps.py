"""The loaders app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoadersConfig(AppConfig):
    """Filling the catalog from other systems."""

    name = "course_discovery.loaders"
    label = "loaders"
    verbose_name = _("Loaders")
