"""Organizations' groups and persons' roles in the admin, and who may write there."""

from course_discovery.publisher.admin import (
    organization_extension,
    organization_user_role,
    publisher_role,
    user_attributes,
)

__all__ = [
    "organization_extension",
    "organization_user_role",
    "publisher_role",
    "user_attributes",
]
