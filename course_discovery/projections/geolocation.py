"""Places as readers see them."""

from collections.abc import Collection
from typing import Any

from course_discovery.course_metadata.models import GeoLocation
from course_discovery.projections.rows import rows_by_pk


def render_geolocations(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """Places by primary key; degrees are decimal strings of eleven places. One query."""
    return {
        pk: {
            "lat": None if place["lat"] is None else f"{place['lat']:.11f}",
            "lng": None if place["lng"] is None else f"{place['lng']:.11f}",
            "location_name": place["location_name"],
        }
        for pk, place in rows_by_pk(GeoLocation, pks, "lat", "lng", "location_name").items()
    }
