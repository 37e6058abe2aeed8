"""Which tenant a request is for."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from course_discovery.core.models import Partner


def partner_of_host(host: str) -> Partner | None:
    """The partner whose site has this host, else the partner of SITE_ID, else None."""
    bare = host.rsplit(":", 1)[0]
    partners = Partner.objects.select_related("site")
    found = {
        each.site.domain.lower(): each for each in partners.filter(site__domain__in={host, bare})
    }
    return (
        found.get(host.lower())
        or found.get(bare.lower())
        or partners.filter(site_id=settings.SITE_ID).first()
    )


class PartnerMiddleware:
    """Gives every request its `partner`, looked up when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the partner and answer."""
        request.partner = SimpleLazyObject(lambda: self._find(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def _find(self, request: HttpRequest) -> Partner | None:
        try:
            return partner_of_host(request.get_host())
        except DisallowedHost:
            return None
