"""What persons' rights hang on, and what is owed after they wrote."""

from course_discovery.publisher.models.errand import Errand, ErrandState
from course_discovery.publisher.models.organization_extension import OrganizationExtension

__all__ = ["Errand", "ErrandState", "OrganizationExtension"]
