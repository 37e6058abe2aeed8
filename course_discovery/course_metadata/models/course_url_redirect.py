"""Addresses that lead to courses."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.fields import FoldedField
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.course import Course


class CourseUrlRedirect(TimeStampedModel):
    """A path of the marketing site that leads to a course."""

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="url_redirects"
    )
    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"))
    value = models.CharField(
        _("path"), max_length=255, validators=[RegexValidator(r"^[-a-zA-Z0-9_/.]+$")]
    )
    value_folded = FoldedField(source="value")

    class Meta:
        verbose_name = _("course URL redirect")
        verbose_name_plural = _("course URL redirects")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["partner", "value_folded"], name="course_url_redirect")
        ]

    def __str__(self) -> str:
        return self.value
