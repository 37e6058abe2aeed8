"""Values as their columns take them: stripped, bounded, clean."""

import re
from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models

from course_discovery.core.fields import HtmlField
from course_discovery.core.html import clean_html
from course_discovery.course_metadata.operations.running import Refusal

LARGEST_SMALL_INTEGER = 32767
_ADDRESS = re.compile(r"https?://\S+")


class UnfitValue(Refusal):
    """A value that its column cannot hold."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")


def fitting(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` (field: value) as the model's columns take them.

    Texts are stripped, HTML is cleaned; an empty text is None where the column knows
    NULL. What is stored already comes out unchanged, so that comparing tells real differences.
    Raises UnfitValue for what does not fit, on every database alike.
    """
    return {name: _fit(model, name, value) for name, value in values.items()}


def _fit(model: type[models.Model], name: str, value: Any) -> Any:
    field = cast("models.Field[Any, Any]", model._meta.get_field(name))
    if isinstance(value, str):
        value = _text(name, value)
        value = clean_html(value) if isinstance(field, HtmlField) else value
        _check_text(field, name, value)
    elif isinstance(field, models.PositiveSmallIntegerField) and value is not None:
        _check_small(name, value)
    if value in (None, ""):
        return None if field.null else _empty(field, name, value)
    _check_rules(field, name, value)
    return value


def _text(name: str, value: str) -> str:
    if "\x00" in value:
        raise UnfitValue(name, "has a NUL character")
    return value.strip()


def _check_text(field: "models.Field[Any, Any]", name: str, value: str) -> None:
    if field.max_length is not None and len(value) > field.max_length:
        raise UnfitValue(name, f"longer than {field.max_length} characters")
    if not value:
        return
    if isinstance(field, models.URLField) and not _ADDRESS.fullmatch(value):
        raise UnfitValue(name, "not an http(s) address")
    if field.choices and value not in dict(field.flatchoices):
        raise UnfitValue(name, "not one of the values it may have")


def _check_rules(field: "models.Field[Any, Any]", name: str, value: Any) -> None:
    """What the model says of the field's values; addresses may be less strict than Django's."""
    if isinstance(field, models.URLField):
        return
    try:
        field.run_validators(value)
    except ValidationError as error:
        raise UnfitValue(name, " ".join(error.messages)) from None


def _check_small(name: str, value: int) -> None:
    if not 0 <= value <= LARGEST_SMALL_INTEGER:
        raise UnfitValue(name, f"not between 0 and {LARGEST_SMALL_INTEGER}")


def _empty(field: "models.Field[Any, Any]", name: str, value: Any) -> str:
    if isinstance(field, models.CharField | models.TextField) and field.blank:
        return ""
    raise UnfitValue(name, "may not be empty")
