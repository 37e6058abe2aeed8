"""What persons' rights hang on."""

from course_discovery.publisher.models.organization_extension import OrganizationExtension

__all__ = ["OrganizationExtension"]
