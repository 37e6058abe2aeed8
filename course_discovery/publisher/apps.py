"""The publisher app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublisherConfig(AppConfig):
    """Organizations' groups, and what persons may do with the catalog."""

    name = "course_discovery.publisher"
    label = "publisher"
    verbose_name = _("Publisher")

    def ready(self) -> None:
        """Register the publisher's models with the change log, and what must follow from it."""
        from course_discovery.core.admin.gates import register_gate
        from course_discovery.publisher import owners
        from course_discovery.publisher.admin_gate import may_write_in_admin
        from course_discovery.publisher.operations import invariants

        owners.register()
        invariants.register()
        register_gate(may_write_in_admin)
