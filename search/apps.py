"""The search app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Documents, indexes and queries."""

    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Register synonyms with the change log, and hear of every change of the catalog."""
        from search import owners
        from search.indexing import feed

        owners.register()
        feed.register()
