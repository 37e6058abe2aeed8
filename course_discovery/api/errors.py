"""How exceptions become answers."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception of a view, None for one that is a fault of ours."""
    return exception_handler(error, context)
