"""Why a write of a course or a run is refused.

Clients read a bare JSON string. Those that take `application/problem+json` get the reason of each
field (RFC 9457).
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from rest_framework.exceptions import APIException
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.core.rest.renderers import OrjsonRenderer
from course_discovery.course_metadata.operations.running import Refusal

PROBLEM_JSON = "application/problem+json"
COURSE_PREFIX = "Failed to set data: "
COURSE_RUN_PREFIX = "Failed to set course run data: "

Reasons = Mapping[str, Sequence[str]]
"""Reasons by the name of the field; a field in another is written `outer/inner`."""


class WriteRefused(APIException):
    """A write that is refused; `text` is all that most clients are told."""

    status_code: int = HTTPStatus.BAD_REQUEST

    def __init__(
        self, text: str, reasons: Reasons | None = None, *, status: int = HTTPStatus.BAD_REQUEST
    ) -> None:
        super().__init__(text)
        self.text = text
        self.reasons = dict(reasons or {})
        self.status_code = status

    @classmethod
    def by_fields(cls, prefix: str, reasons: Reasons) -> "WriteRefused":
        """The refusal of values, each with its reasons."""
        told = (f"{name}: {' '.join(texts)}" for name, texts in reasons.items())
        return cls(prefix + "; ".join(told), reasons)

    @classmethod
    def of(cls, prefix: str, refusal: Refusal, field: str | None = None) -> "WriteRefused":
        """The refusal of an operation, about the field that its text names, or about `field`."""
        text = str(refusal)
        name, colon, reason = text.partition(": ")
        if field is None and colon and name.isidentifier():
            return cls(prefix + text, {name: [reason]})
        return cls(prefix + text, {field: [text]} if field else None)


class Stale(APIException):
    """The object is not any more what the client bases its write on."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = "It was changed since you read it. Read it again."
    default_code = "stale"


class ProblemRenderer(OrjsonRenderer):
    """Lets clients ask for problems; what is no problem is plain JSON all the same."""

    media_type = PROBLEM_JSON


class ProblemNegotiation(DefaultContentNegotiation):
    """Answers whoever takes only problems, as if they took JSON: most answers are none."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        """The renderer and the media type of the answer."""
        renderer, media_type = super().select_renderer(request, renderers, format_suffix)
        if isinstance(renderer, ProblemRenderer):
            return OrjsonRenderer(), OrjsonRenderer.media_type
        return renderer, media_type


def wants_problems(request: Request) -> bool:
    """Whether the client takes problems."""
    accepted = request.headers.get("Accept", "").lower().split(",")
    return any(each.partition(";")[0].strip() == PROBLEM_JSON for each in accepted)


def as_told(error: Exception, response: Response, request: Request) -> Response:
    """The answer to a refused request as its client takes it."""
    if wants_problems(request):
        problem = _problem(error, response)
        return Response(
            problem,
            status=response.status_code,
            headers=dict(response.headers),
            content_type=PROBLEM_JSON,
        )
    if isinstance(error, WriteRefused):
        response.data = error.text
    return response


def _problem(error: Exception, response: Response) -> dict[str, Any]:
    status = HTTPStatus(response.status_code)
    text, reasons = _said(error, response.data)
    problem: dict[str, Any] = {
        "type": "about:blank", "title": status.phrase, "status": int(status),
    }  # fmt: skip
    if text:
        problem["detail"] = text
    if reasons:
        problem["errors"] = [
            {"pointer": f"#/{name}", "detail": reason}
            for name, texts in reasons.items()
            for reason in texts
        ]
    return problem


def _said(error: Exception, data: Any) -> tuple[str, Reasons]:
    """The text and the reasons of an answer."""
    if isinstance(error, WriteRefused):
        return error.text, error.reasons
    if not isinstance(data, Mapping):
        return " ".join(map(str, data)) if isinstance(data, list) else str(data), {}
    if "detail" in data:
        return str(data["detail"]), {}
    reasons = {
        name: [str(each) for each in (texts if isinstance(texts, list) else [texts])]
        for name, texts in data.items()
    }
    return "; ".join(f"{name}: {' '.join(texts)}" for name, texts in reasons.items()), reasons
