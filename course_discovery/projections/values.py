"""How values are written in answers."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings


def moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC with `Z`, microseconds only where there are some."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def price(value: Decimal | None) -> str | None:
    """A decimal string of two places."""
    return None if value is None else f"{value:.2f}"


# Stands in stored projections for scheme and host of whoever asks (RFC 2606: nobody's name).
HOST = "https://host-of-the-request.invalid"


def absolute_media_url(name: str | None) -> str | None:
    """The whole address of an uploaded file, None for none.

    Where MEDIA_URL is a path it begins with HOST, which `with_host` replaces.
    """
    url = media_url(name)
    return f"{HOST}{url}" if url and url.startswith("/") else url


def with_host(body: str, root: str) -> str:
    """A stored body for those who call this service `root` (scheme and host, no final slash)."""
    return body.replace(HOST, root)


def media_url(name: str | None) -> str | None:
    """The address of an uploaded file, None for none."""
    return f"{settings.MEDIA_URL}{name}" if name else None


def legacy_image(src: str | None) -> dict[str, Any] | None:
    """An image as an object whose other keys are always null."""
    return {"src": src, "description": None, "height": None, "width": None} if src else None


def facet_language(code: str, name: str) -> str:
    """A language as facets name it: the macrolanguage, but Chinese variants by their whole name."""
    return name if code.lower().startswith("zh") else name.split("-")[0].strip()
