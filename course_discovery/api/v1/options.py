"""Describing what may be written, as OPTIONS does."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers
from rest_framework.metadata import SimpleMetadata

Choices = list[dict[str, Any]]


def described(serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    """The fields of a serializer, without words for people."""
    fields: dict[str, Any] = SimpleMetadata().get_serializer_info(serializer)
    for each in _inside(fields):
        each.pop("label", None)
        each.pop("help_text", None)
    return fields


def choices(pairs: Iterable[tuple[Any, Any]]) -> Choices:
    """What there is to choose from, as pairs of a value and its name."""
    return [{"value": value, "display_name": str(name)} for value, name in pairs]


def _inside(fields: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The descriptions of all fields, nested ones too."""
    for each in fields.values():
        yield from _with_children(each)


def _with_children(each: dict[str, Any]) -> Iterable[dict[str, Any]]:
    yield each
    yield from _inside(each.get("children", {}))
    if "child" in each:
        yield from _with_children(each["child"])
