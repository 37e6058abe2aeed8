"""Keys of course runs that are about to be made."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.fields import ExactCharField


class CourseRunKeyReservation(models.Model):
    """That somebody is making a run of this key, and telling Studio of it, until some moment.

    Without it a transaction would have to be open all the while. Written by operations only.
    """

    key = models.CharField(_("key"), max_length=255)
    key_folded = ExactCharField(_("key, without case"), max_length=255, unique=True)
    expires = models.DateTimeField(_("expires"), db_index=True)

    class Meta:
        verbose_name = _("reserved key of a course run")
        verbose_name_plural = _("reserved keys of course runs")

    def __str__(self) -> str:
        return self.key
