"""Organizations' groups, persons' roles and errands in the admin, and who may write there."""

from course_discovery.publisher.admin import (
    course_run,
    errand,
    organization_extension,
    organization_user_role,
    publisher_role,
    user_attributes,
)

__all__ = [
    "course_run",
    "errand",
    "organization_extension",
    "organization_user_role",
    "publisher_role",
    "user_attributes",
]
