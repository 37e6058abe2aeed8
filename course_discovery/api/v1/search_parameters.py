"""What a search request asks for, and the addresses of the pages around its answer."""

from typing import Any, Literal
from urllib.parse import urlencode

from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

from course_discovery.core.rest.pagination import MAX_PAGE_SIZE
from search.queries import BadValue
from search.queries.criteria import first
from search.queries.values import truth

Parameters = dict[str, list[Any]]
PAGE_SIZE = 20


def parameters_of(request: Request) -> Parameters:
    """The parameters of the address, and over them those of the body: JSON or a form.

    A JSON list is a repeated parameter; null counts as not given. Raises ValidationError for JSON
    that is no object, and for a value that is an object.
    """
    found: Parameters = {name: list(values) for name, values in request.query_params.lists()}
    if request.method != "POST":
        return found
    data = request.data
    if hasattr(data, "lists"):
        return found | {name: list(values) for name, values in data.lists()}
    if not isinstance(data, dict):
        raise ValidationError({"detail": "The body must be a JSON object."})
    for name, value in data.items():
        values = value if isinstance(value, list) else [value]
        if any(isinstance(each, (dict, list)) for each in values):
            raise ValidationError({name: ["Must be a value or a list of values."]})
        if any(isinstance(each, str) and not _is_text(each) for each in values):
            raise ValidationError({"detail": f"{name!a} has a character that no text has."})
        found[name] = [each for each in values if each is not None]
    return found


def _is_text(value: str) -> bool:
    """Whether the value can be written in UTF-8: JSON may hold halves of characters."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def page_of(parameters: Parameters) -> int | Literal["last"]:
    """The number of the page asked for, 1 without one.

    Raises NotFound for anything that is no page's number.
    """
    text = str((parameters.get("page") or ["1"])[-1] or "1").strip()
    if text == "last":
        return "last"
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise NotFound("Invalid page.")
    return int(text)


def page_size_of(parameters: Parameters) -> int:
    """The size of the page asked for: at most 1,000; 20 for none and for what is no size."""
    text = str((parameters.get("page_size") or [""])[-1]).strip()
    if not text.isascii() or not text.isdigit() or not int(text[:12]):
        return PAGE_SIZE
    return min(int(text[:12]), MAX_PAGE_SIZE)


def explains(parameters: Parameters) -> bool:
    """Whether hits are to be explained. Raises BadValue for what is neither true nor false."""
    written = first(parameters, "explain").strip()
    try:
        return bool(written) and truth(written)
    except ValueError as error:
        raise BadValue("explain", f"{error}.") from None


def root_of(request: Request) -> str:
    """Scheme and host that the caller asked, no final slash."""
    return request.build_absolute_uri("/").rstrip("/")


def address(request: Request, **changes: str | None) -> str:
    """The address of a request with some parameters changed, None = left out; sorted by name."""
    kept = [
        (name, value)
        for name, values in request.query_params.lists()
        if name not in changes
        for value in values
    ]
    given = [(name, value) for name, value in changes.items() if value is not None]
    query = urlencode(sorted(kept + given, key=lambda pair: pair[0]))
    bare = request.build_absolute_uri(request.path)
    return f"{bare}?{query}" if query else bare


def narrow_address(request: Request, name: str, value: str) -> str:
    """The address that narrows a request by one more facet, from its first page."""
    kept = [
        (each, given)
        for each, values in request.query_params.lists()
        if each not in ("page", "search_after")
        for given in values
    ]
    return f"{request.build_absolute_uri(request.path)}?{urlencode([*kept, (name, value)])}"
