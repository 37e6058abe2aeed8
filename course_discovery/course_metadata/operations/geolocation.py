"""Places."""

from decimal import Decimal, InvalidOperation
from typing import Any, NotRequired, TypedDict

from course_discovery.course_metadata.models import GeoLocation
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Refusal,
    Written,
    locked,
    operation,
    write_differences,
)

_STEP = Decimal("1E-11")
Degrees = Decimal | float | str | None


class GeoLocationValues(TypedDict):
    """A place by its coordinates in degrees; a name alone is a place too."""

    lat: NotRequired[Degrees]
    lng: NotRequired[Degrees]
    location_name: NotRequired[str | None]


class PlaceHasName(Refusal):
    """Coordinates of a place that is called otherwise."""


@operation
def create_or_update_geolocation(*, values: GeoLocationValues) -> Written[GeoLocation]:
    """The place with these coordinates, made when there is none.

    Products at the same coordinates share one row, and its name: it may be given one, but not
    another. A place without coordinates is found by its name. Raises UnfitValue, PlaceHasName.
    """
    columns = fitting(GeoLocation, {**values, "lat": _lat(values), "lng": _lng(values)})
    if (columns["lat"] is None) is not (columns["lng"] is None):
        raise UnfitValue("geolocation", "one coordinate without the other")
    key = ["lat", "lng"]
    if columns["lat"] is None:
        if not columns.get("location_name"):
            raise UnfitValue("geolocation", "neither coordinates nor a name")
        key = ["lat", "lng", "location_name"]
    stored = locked(GeoLocation.objects.filter(**{name: columns[name] for name in key}))
    if stored:
        _check_name(stored[0], columns)
        changed = write_differences(stored[0], columns)
        return Written(stored[0], Outcome.of(changed=changed))
    return Written(GeoLocation.objects.create(**columns), Outcome.CREATED)


def _check_name(place: GeoLocation, columns: dict[str, Any]) -> None:
    name = columns.get("location_name")
    if name is None:
        columns.pop("location_name", None)
    elif place.location_name not in (None, name):
        raise PlaceHasName(f"location_name: the place is called {place.location_name}")


def _lat(values: GeoLocationValues) -> Decimal | None:
    return _degrees("lat", values.get("lat"))


def _lng(values: GeoLocationValues) -> Decimal | None:
    return _degrees("lng", values.get("lng"))


def _degrees(name: str, told: Degrees) -> Decimal | None:
    if told is None or told == "":
        return None
    try:
        # 11 places are a thousandth of a millimetre.
        degrees = Decimal(str(told)).quantize(_STEP)
    except InvalidOperation:
        raise UnfitValue(name, "not a number of degrees") from None
    if degrees.is_nan():
        raise UnfitValue(name, "not a number of degrees")
    return degrees
