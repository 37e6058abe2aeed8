"""Who teaches a run."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import OrderedLink
from course_discovery.course_metadata.models.course_run import CourseRun
from course_discovery.course_metadata.models.person import Person


class CourseRunStaff(OrderedLink):
    """A person who teaches a run, in the order in which they are shown."""

    course_run = models.ForeignKey(CourseRun, models.CASCADE, related_name="staff_links")
    person = models.ForeignKey(
        Person, models.CASCADE, verbose_name=_("person"), related_name="staff_links"
    )

    class Meta(OrderedLink.Meta):
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        constraints = [
            models.UniqueConstraint(fields=["course_run", "person"], name="course_run_staff")
        ]

    def __str__(self) -> str:
        return f"{self.course_run_id}: {self.person_id}"
