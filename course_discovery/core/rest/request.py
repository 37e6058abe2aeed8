"""Requests as the views here get them."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView

from course_discovery.core.models import Partner


class CatalogRequest(Request):
    """A request with its tenant and the moment that its answer speaks of."""

    partner: Partner
    moment: datetime


class CatalogView(APIView):
    """A view of the catalog of one tenant, at one moment."""

    request: CatalogRequest
    needs_partner = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Fix tenant and moment, once the caller is known.

        Raises NotFound where no partner serves the host: an empty list would hide that.
        """
        super().initial(request, *args, **kwargs)
        self.request.moment = timezone.now()
        # By the middleware, lazily; a lazy None is no None.
        if self.needs_partner and not request._request.partner:  # type: ignore[attr-defined]
            raise NotFound("No partner serves this host.")
