"""Which tenant a request is for."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.functional import SimpleLazyObject

from course_discovery.core.models import Partner


def partner_of_host(host: str) -> Partner | None:
    """The partner whose site has this host, else the partner of SITE_ID, else None.

    A site may name a port; one that does wins over one that does not. Case does not matter.
    """
    bare, _port = split_domain_port(host)
    candidates = Partner.objects.select_related("site").filter(
        Q(site__domain__iexact=host) | Q(site__domain__iexact=bare) | Q(site_id=settings.SITE_ID)
    )
    by_domain = {each.site.domain.lower(): each for each in candidates}
    by_site = {each.site_id: each for each in candidates}
    return by_domain.get(host.lower()) or by_domain.get(bare) or by_site.get(settings.SITE_ID)


class PartnerMiddleware:
    """Gives every request its `partner`, looked up when first asked for; false if there is none."""

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
