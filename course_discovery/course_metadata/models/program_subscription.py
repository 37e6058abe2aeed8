"""Programs that can be subscribed to."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from course_discovery.core.models import Currency
from course_discovery.course_metadata.models.base import TimeStampedModel
from course_discovery.course_metadata.models.program import Program


class ProgramSubscription(TimeStampedModel):
    """Whether a program can be subscribed to."""

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, primary_key=True)
    program = models.OneToOneField(
        Program, models.CASCADE, verbose_name=_("program"), related_name="subscription"
    )
    subscription_eligible = models.BooleanField(_("can be subscribed to"), default=False)

    class Meta:
        verbose_name = _("program subscription")
        verbose_name_plural = _("program subscriptions")

    def __str__(self) -> str:
        return f"{self.program_id}: {self.subscription_eligible}"


class ProgramSubscriptionPrice(TimeStampedModel):
    """What a subscription costs in one currency."""

    uuid = models.UUIDField(_("uuid"), default=uuid.uuid4, editable=False, primary_key=True)
    program_subscription = models.ForeignKey(
        ProgramSubscription,
        models.CASCADE,
        verbose_name=_("subscription"),
        related_name="prices",
    )
    price = models.DecimalField(
        _("price"), max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    currency = models.ForeignKey(
        Currency, models.PROTECT, verbose_name=_("currency"), default="USD"
    )

    class Meta:
        verbose_name = _("price of a program subscription")
        verbose_name_plural = _("prices of program subscriptions")
        ordering = ("currency",)
        constraints = [
            models.UniqueConstraint(
                fields=["program_subscription", "currency"], name="program_subscription_price"
            )
        ]

    def __str__(self) -> str:
        return f"{self.price} {self.currency_id}"
