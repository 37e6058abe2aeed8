"""What the publisher keeps of a person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserAttributes(models.Model):
    """Whether a person wants mail. Who has no row does."""

    created = models.DateTimeField(_("created"), auto_now_add=True)
    modified = models.DateTimeField(_("modified"), auto_now=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("user"),
        related_name="attributes",
    )
    enable_email_notification = models.BooleanField(_("enable email notification"), default=True)

    class Meta:
        verbose_name = _("user attributes")
        verbose_name_plural = _("user attributes")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.enable_email_notification}"
