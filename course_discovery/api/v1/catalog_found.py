"""Finding the catalog of an address, and what of it the caller may read."""

from datetime import datetime
from typing import Any

from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request

from course_discovery.api.v1.restricted import shown_restrictions
from course_discovery.catalogs.models import Catalog
from course_discovery.catalogs.operations.knowing import QueryFault, check_known
from course_discovery.catalogs.queries.members import Reader
from course_discovery.catalogs.queries.permission import may
from search.documents.kinds import Kind

_LONGEST_NUMBER = 18


def find_catalog(user: Any, number: str, right: str = Catalog.VIEW) -> Catalog:
    """The catalog of that number.

    Raises NotFound, and then PermissionDenied for who does not have the right.
    """
    catalog = catalog_numbered(number)
    if catalog is None:
        raise NotFound
    if not may(user, right, catalog):
        raise PermissionDenied
    return catalog


def catalog_numbered(number: str) -> Catalog | None:
    """The catalog of that number, None for a text that is no catalog's number."""
    is_number = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER
    return Catalog.objects.filter(pk=int(number)).first() if is_number else None


def reader_of(request: Request) -> Reader:
    """For whom the members of catalogs are read."""
    return Reader(request.partner, shown_restrictions(request))  # type: ignore[attr-defined]


def require_known(catalog: Catalog, kind: Kind, now: datetime) -> None:
    """Return if the members of a kind are known.

    Raises ValidationError where the stored query cannot be read, and SearchUnavailable.
    """
    try:
        check_known(catalog, kind, now)
    except QueryFault as fault:
        raise ValidationError(
            {"detail": f"The query of this catalog cannot be read: {fault}"}
        ) from fault
