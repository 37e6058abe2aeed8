"""What learners say of courses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models.base import TimeStampedModel


class LearnerGoal(models.TextChoices):
    """Why people learn."""

    CHANGE_CAREERS = "changecareers", _("Change careers")
    JOB_ADVANCEMENT = "jobadvancement", _("Job advancement")
    LEARN_VALUABLE_SKILLS = "valuableskills", _("Learn valuable skills")
    LEARN_FOR_FUN = "learnforfun", _("Learn for fun")


class CourseReview(TimeStampedModel):
    """Survey results of a course, by its key."""

    course_key = models.CharField(_("course key"), max_length=255, primary_key=True)
    reviews_count = models.PositiveIntegerField(_("reviews"))
    avg_course_rating = models.DecimalField(_("average rating"), max_digits=7, decimal_places=6)
    confident_learners_percentage = models.DecimalField(
        _("confident learners, per cent"), max_digits=9, decimal_places=6
    )
    most_common_goal = models.CharField(
        _("most common goal"), max_length=255, choices=LearnerGoal.choices
    )
    most_common_goal_learners_percentage = models.DecimalField(
        _("learners with this goal, per cent"), max_digits=9, decimal_places=6
    )
    total_enrollments = models.PositiveIntegerField(_("enrollments"))

    class Meta:
        verbose_name = _("course review")
        verbose_name_plural = _("course reviews")
        ordering = ("course_key",)

    def __str__(self) -> str:
        return f"{self.course_key}: {self.avg_course_rating}"
