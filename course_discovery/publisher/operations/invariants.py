"""What holds of persons' rights whoever writes."""

from django.db.models.signals import m2m_changed, post_save, pre_delete

from course_discovery.core.changes.settling import register_settler
from course_discovery.core.models import User
from course_discovery.publisher.models import OrganizationExtension
from course_discovery.publisher.operations.membership import (
    note_extension_deletion,
    note_memberships,
    settle_editors,
)
from course_discovery.publisher.operations.organization_extension import note_extension_creation


def register() -> None:
    """Listen to groups and to the extensions that make them organizations' groups."""
    m2m_changed.connect(
        note_memberships, sender=User.groups.through, dispatch_uid="publisher:memberships"
    )
    pre_delete.connect(
        note_extension_deletion,
        sender=OrganizationExtension,
        dispatch_uid="publisher:extension_deletion",
    )
    post_save.connect(
        note_extension_creation,
        sender=OrganizationExtension,
        dispatch_uid="publisher:extension_creation",
    )
    register_settler(settle_editors)
