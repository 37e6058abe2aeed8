"""How often one person may call."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.rates import parse_rate


def check_rate(text: str) -> None:
    """Raises ValidationError for what is no rate."""
    if parse_rate(text) is None:
        raise ValidationError(_("Write a number and a time: 10/minute, 10/hour, 10/day."))


class UserThrottleRate(models.Model):
    """The rate of calls of one account, whatever else holds for it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("user"),
        related_name="throttle_rate",
    )
    rate = models.CharField(
        _("rate"),
        max_length=50,
        validators=[check_rate],
        help_text=_("Such as 400/hour. Every process follows within a minute."),
    )

    class Meta:
        verbose_name = _("rate of calls")
        verbose_name_plural = _("rates of calls")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.rate}"
