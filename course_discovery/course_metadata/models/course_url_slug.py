"""Addresses of courses on the marketing site, past ones too."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.fields import FoldedField
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.course import Course


class CourseUrlSlug(TimeStampedModel):
    """A slug of one course row: the active one, or one that redirects to it.

    A slug belongs to one row in a partner, so draft and official rows cannot both have it: the
    official row owns it, and `is_active_on_draft` says which one the draft uses.
    """

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="url_slug_history"
    )
    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"))
    url_slug = models.CharField(
        _("slug"), max_length=255, validators=[RegexValidator(r"^[-a-zA-Z0-9_/]+$")]
    )
    url_slug_folded = FoldedField(source="url_slug")
    is_active = models.BooleanField(_("active"), default=False)
    is_active_on_draft = models.BooleanField(_("active on the draft"), default=False)

    class Meta:
        verbose_name = _("course URL slug")
        verbose_name_plural = _("course URL slugs")
        constraints = [
            models.UniqueConstraint(fields=["partner", "url_slug_folded"], name="course_url_slug")
        ]

    def __str__(self) -> str:
        return self.url_slug
