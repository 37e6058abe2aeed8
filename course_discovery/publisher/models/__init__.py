"""What persons' rights hang on."""

from course_discovery.publisher.models.organization_extension import OrganizationExtension
from course_discovery.publisher.models.organization_user_role import (
    InternalRole,
    OrganizationUserRole,
)
from course_discovery.publisher.models.publisher_role import (
    PUBLISHER_EDITOR,
    PublisherRole,
    PublisherRoleAssignment,
)
from course_discovery.publisher.models.user_attributes import UserAttributes

__all__ = [
    "PUBLISHER_EDITOR",
    "InternalRole",
    "OrganizationExtension",
    "OrganizationUserRole",
    "PublisherRole",
    "PublisherRoleAssignment",
    "UserAttributes",
]
