"""A person or a service that calls."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as AccountManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.mixins import GuardianUserMixin

from course_discovery.core.changes.logged import LoggedModel, LoggedQuerySet


class UserManager(AccountManager.from_queryset(LoggedQuerySet)):  # type: ignore[misc] # made at run time
    """Makes accounts; its bulk writes are recorded."""

    use_in_migrations = False


class User(GuardianUserMixin, LoggedModel, AbstractUser):
    """An account. Those of the platform are made at their first token.

    Courses name their editors, so a change of a name or an address is one of the catalog.
    """

    full_name = models.CharField(_("full name"), max_length=255, blank=True, null=True)
    referral_tracking_id = models.CharField(
        _("referral tracking id"), max_length=255, default="affiliate_partner"
    )

    objects: ClassVar[UserManager] = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment] # the stubs know texts only
        verbose_name_plural = _("users")  # type: ignore[assignment]
        base_manager_name = "objects"

    def get_full_name(self) -> str:
        """The full name, or the first and last ones."""
        return self.full_name or super().get_full_name()
