"""The API app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """REST and the pages for people."""

    name = "course_discovery.api"
    label = "api"
    verbose_name = _("API")
