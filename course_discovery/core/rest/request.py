"""Requests as the views here get them."""

from datetime import datetime

from rest_framework.request import Request

from course_discovery.core.models import Partner


class CatalogRequest(Request):
    """A request with its tenant (by the middleware) and the moment that its answer speaks of."""

    partner: Partner
    moment: datetime
