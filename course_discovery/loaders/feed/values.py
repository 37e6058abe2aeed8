"""Values of feed lines as the catalog takes them."""

import uuid as uuids
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.video import VideoValues
from course_discovery.loaders.feed.lines import read_moment


def price(value: float | str) -> Decimal:
    """A number or a decimal string as written. Raises UnfitValue for more than two places."""
    amount = Decimal(str(value))
    if amount != amount.quantize(Decimal("0.01")):
        raise UnfitValue("price", "has more than two decimal places")
    return amount


def moment(text: str | None) -> datetime | None:
    """A checked text as a moment in UTC; an empty one is None."""
    return read_moment(text) if text else None


def video(told: Mapping[str, Any] | None) -> VideoValues | None:
    """A checked video."""
    if told is None:
        return None
    values: VideoValues = {"src": told["src"]}
    if "description" in told:
        values["description"] = told["description"]
    return values


def uuid(told: Mapping[str, Any]) -> uuids.UUID | None:
    """The line's uuid; None if it tells none."""
    return uuids.UUID(told["uuid"]) if "uuid" in told else None


def without(told: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """What is told under other keys than `names`."""
    return {name: value for name, value in told.items() if name not in names}


def renamed(told: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """What is told under the keys of `names`, by the catalog's names for it."""
    return {names[key]: value for key, value in told.items() if key in names}


def same(names: Iterable[str]) -> dict[str, str]:
    """A table for `renamed` of what has the same name on both sides."""
    return {name: name for name in names}
