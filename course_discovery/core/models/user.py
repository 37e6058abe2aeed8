"""A person or a service that calls."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.mixins import GuardianUserMixin


class User(GuardianUserMixin, AbstractUser):
    """An account. Those of the platform are made at their first token."""

    full_name = models.CharField(_("full name"), max_length=255, blank=True, null=True)
    referral_tracking_id = models.CharField(
        _("referral tracking id"), max_length=255, default="affiliate_partner"
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment] # the stubs know texts only
        verbose_name_plural = _("users")  # type: ignore[assignment]

    def get_full_name(self) -> str:
        """The full name, or the first and last ones."""
        return self.full_name or super().get_full_name()
