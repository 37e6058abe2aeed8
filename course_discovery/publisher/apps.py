"""The publisher app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublisherConfig(AppConfig):
    """Organizations' groups, and what persons may do with the catalog."""

    name = "course_discovery.publisher"
    label = "publisher"
    verbose_name = _("Publisher")

    def ready(self) -> None:
        """Register the publisher's models with the change log, and what is owed after commits."""
        from course_discovery.publisher import following, owners
        from course_discovery.publisher.operations.pushing import later

        owners.register()
        later.register()
        following.register()
