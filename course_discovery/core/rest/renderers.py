"""Answers as JSON, fast."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer


class OrjsonRenderer(BaseRenderer):
    """JSON by orjson; indented where people read it (the browsable API asks for that)."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "text"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The bytes of `data`; b"" for None, as an answer without a body wants."""
        if data is None:
            return b""
        option = orjson.OPT_NON_STR_KEYS
        if "indent=" in (accepted_media_type or ""):
            option |= orjson.OPT_INDENT_2
        return orjson.dumps(data, default=_plain, option=option)


def _plain(value: Any) -> Any:
    """What orjson does not know by itself."""
    if isinstance(value, (Decimal, Promise)):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in an answer")
