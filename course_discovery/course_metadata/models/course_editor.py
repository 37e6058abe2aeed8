"""Who edits courses."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.course import Course


class CourseEditor(TimeStampedModel):
    """A person who may edit a course (decision 2); hangs on the draft where there is one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("user"),
        related_name="courses_edited",
    )
    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="editors"
    )

    class Meta:
        verbose_name = _("course editor")
        verbose_name_plural = _("course editors")
        ordering = ("-created", "-pk")
        constraints = [models.UniqueConstraint(fields=["user", "course"], name="course_editor")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.course_id}"
