"""Tenants."""

from typing import Any

from django.contrib.sites.models import Site
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from course_discovery.core.changes.logged import LoggedModel

# Django's own check of addresses refuses the plain host names of containers (http://lms:8000).
ADDRESS_PATTERN = r"^https?://[^\s/]\S*$"


def _url(label: Any) -> "models.CharField[str | None, str | None]":
    return models.CharField(
        label,
        max_length=255,
        validators=[RegexValidator(ADDRESS_PATTERN, _("Must be an http or https address."))],
        blank=True,
        null=True,
    )


class Partner(LoggedModel):
    """A tenant: one site, one platform, one catalog. A request's host chooses it."""

    created = models.DateTimeField(_("created"), auto_now_add=True)
    modified = models.DateTimeField(_("modified"), auto_now=True)
    name = models.CharField(_("name"), max_length=128, unique=True)
    short_code = models.CharField(_("short code"), max_length=8, unique=True)
    site = models.OneToOneField(Site, models.PROTECT, verbose_name=_("site"))
    courses_api_url = _url(_("courses API URL"))
    lms_coursemode_api_url = _url(_("course mode API URL"))
    ecommerce_api_url = _url(_("e-commerce API URL"))
    organizations_api_url = _url(_("organizations API URL"))
    programs_api_url = _url(_("programs API URL"))
    marketing_site_api_url = _url(_("marketing site API URL"))
    marketing_site_url_root = _url(_("marketing site URL"))
    marketing_site_api_username = models.CharField(
        _("marketing site API user name"), max_length=255, blank=True, null=True
    )
    marketing_site_api_password = models.CharField(
        _("marketing site API password"), max_length=255, blank=True, null=True
    )
    studio_url = _url(_("Studio URL"))
    publisher_url = _url(_("publisher URL"))
    lms_url = _url(_("LMS URL"))
    lms_admin_url = _url(_("LMS admin URL"))
    catalog_feed_url = _url(_("catalog feed URL"))
    analytics_url = models.CharField(
        _("analytics API URL"),
        max_length=255,
        validators=[RegexValidator(ADDRESS_PATTERN, _("Must be an http or https address."))],
        blank=True,
        default="",
    )
    analytics_token = models.CharField(
        _("analytics API token"), max_length=255, blank=True, default=""
    )

    history = HistoricalRecords(excluded_fields=["marketing_site_api_password", "analytics_token"])

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("short_code",)

    def __str__(self) -> str:
        return self.name
