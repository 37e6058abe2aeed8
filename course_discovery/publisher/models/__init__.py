"""What persons' rights hang on, and what is owed after they wrote."""

from course_discovery.publisher.models.course_run_key_reservation import CourseRunKeyReservation
from course_discovery.publisher.models.errand import Errand, ErrandState
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
    "CourseRunKeyReservation",
    "Errand",
    "ErrandState",
    "InternalRole",
    "OrganizationExtension",
    "OrganizationUserRole",
    "PublisherRole",
    "PublisherRoleAssignment",
    "UserAttributes",
]
