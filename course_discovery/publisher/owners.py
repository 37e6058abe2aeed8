"""The owner table of the publisher."""

from course_discovery.core.changes.receivers import connect
from course_discovery.core.changes.registry import Part
from course_discovery.publisher.models import OrganizationExtension, OrganizationUserRole


def register() -> None:
    """Put the publisher's models into the owner table."""
    connect(
        Part(OrganizationExtension, "organization", "organization"),
        Part(OrganizationUserRole, "organization", "organization"),
    )
