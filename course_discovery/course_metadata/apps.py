"""The catalog app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CourseMetadataConfig(AppConfig):
    """Courses, runs and everything that describes them."""

    name = "course_discovery.course_metadata"
    label = "course_metadata"
    verbose_name = _("Course metadata")

    def ready(self) -> None:
        """Register the catalog's models with the change log, and what must follow from changes."""
        from course_discovery.course_metadata import owners
        from course_discovery.course_metadata.operations import invariants

        owners.register()
        invariants.register()
