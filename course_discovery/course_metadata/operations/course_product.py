"""What a course has as a product: its provider's side, place, value, restriction to places."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict

from course_discovery.course_metadata.models import Course, CourseLocationRestriction
from course_discovery.course_metadata.operations.additional_metadata import (
    AdditionalMetadataValues,
    write_additional_metadata,
)
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.geolocation import (
    GeoLocationValues,
    create_or_update_geolocation,
)
from course_discovery.course_metadata.operations.nested import Nested, write_nested
from course_discovery.course_metadata.operations.product import (
    LocationRestrictionValues,
    ProductValueValues,
    fit_restriction,
    product_value,
)
from course_discovery.course_metadata.operations.running import (
    locked,
    operation,
    write_differences,
)


class CourseProductValues(TypedDict, total=False):
    """What may be told of a course as a product; None takes it away."""

    additional_metadata: AdditionalMetadataValues | None
    geolocation: GeoLocationValues | None
    in_year_value: ProductValueValues | None
    location_restriction: LocationRestrictionValues | None


@operation
def update_course_product(*, course: Course, values: CourseProductValues, now: datetime) -> bool:
    """Write what differs in the course row; whether anything did. Raises UnfitValue, PlaceHasName.

    What is told of a draft is the official row's once it is published; what is told of an official
    row is its draft's too, unless that was edited.
    """
    (row,) = locked(Course.everything.filter(pk=course.pk))
    changed = False
    if "additional_metadata" in values:
        changed |= _write_metadata(row, values["additional_metadata"])
    if "geolocation" in values:
        changed |= _write_place(row, values["geolocation"])
    if "in_year_value" in values:
        value = values["in_year_value"]
        wanted = product_value(value) if value is not None else None
        changed |= write_differences(row, {"in_year_value": wanted})
    if "location_restriction" in values:
        changed |= _write_restriction(row, values["location_restriction"])
    if changed:
        touch_course(course=row, now=now)
    return changed


def _write_metadata(row: Course, told: AdditionalMetadataValues | None) -> bool:
    if told is None:
        return write_differences(row, {"additional_metadata": None})
    return _changed(row, "additional_metadata", lambda: write_additional_metadata(row, told))


def _changed(row: Course, field: Nested, write: Callable[[], bool]) -> bool:
    return write_nested(row, field, write) if row.draft else write()


def _write_place(row: Course, told: GeoLocationValues | None) -> bool:
    written = create_or_update_geolocation(values=told) if told is not None else None
    changed = write_differences(row, {"geolocation": written.row if written else None})
    return changed or bool(written and written.changed)


def _write_restriction(row: Course, told: LocationRestrictionValues | None) -> bool:
    if told is None:
        return write_differences(row, {"location_restriction": None})
    columns: dict[str, Any] = fit_restriction(told)

    def write() -> bool:
        stored = row.location_restriction
        if stored is not None:
            return write_differences(stored, columns)
        made = CourseLocationRestriction.objects.create(**columns)
        return write_differences(row, {"location_restriction": made})

    return _changed(row, "location_restriction", write)
