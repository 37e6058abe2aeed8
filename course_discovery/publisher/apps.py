"""The publisher app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublisherConfig(AppConfig):
    """Organizations' groups, and what persons may do with the catalog."""

    name = "course_discovery.publisher"
    label = "publisher"
    verbose_name = _("Publisher")

    def ready(self) -> None:
        """Register what the change log hears of, what must follow, and what is owed later."""
        from course_discovery.core.admin.gates import register_gate
        from course_discovery.publisher import following, owners
        from course_discovery.publisher.admin_gate import may_write_in_admin
        from course_discovery.publisher.mails import later as mails
        from course_discovery.publisher.operations import invariants
        from course_discovery.publisher.operations.pushing import later

        owners.register()
        invariants.register()
        later.register()
        mails.register()
        following.register()
        register_gate(may_write_in_admin)
