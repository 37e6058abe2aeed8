"""Questions that learners ask."""

from django.utils.translation import gettext_lazy as _

from course_discovery.core.fields import HtmlField
from course_discovery.course_metadata.models.base import TimeStampedModel


class FAQ(TimeStampedModel):
    """A question with its answer."""

    question = HtmlField(_("question"))
    answer = HtmlField(_("answer"))

    class Meta:
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")
        ordering = ("created", "pk")

    def __str__(self) -> str:
        return f"{self.pk}: {self.question}"
