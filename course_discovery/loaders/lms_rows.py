"""Rows of an LMS course list as the catalog understands them.

A key that is absent tells nothing. Texts may be padded with blanks; `name` has `<` and `>`
escaped. Organization and number are taken from the run's key: `org` and `number` are display
values.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from course_discovery.course_metadata.models.course_run import CourseRunPacing, CourseRunStatus
from course_discovery.course_metadata.operations.course_run_key import parse_course_run_key
from course_discovery.course_metadata.operations.course_run_values import (
    CourseRunValues,
    ToldCourseRun,
)
from course_discovery.course_metadata.operations.course_values import CourseValues
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.loaders.addresses import is_address

_PACING = {"instructor": CourseRunPacing.INSTRUCTOR, "self": CourseRunPacing.SELF}
_MOMENTS = ("start", "end", "enrollment_start", "enrollment_end")


class BadRow(Refusal):
    """A row that cannot be read; the text names the key at fault, never its value."""


@dataclass
class LmsRun:
    """A run as the LMS tells it, and what of it could not be taken."""

    told: ToldCourseRun
    remarks: list[str] = field(default_factory=list)

    def has_ended(self, now: datetime) -> bool:
        """Whether its end has passed; a run without an end never ends."""
        end = self.told.values.get("end")
        return end is not None and end < now


def row_key(row: Mapping[str, Any]) -> str:
    """The run's key. Raises BadRow."""
    key = row.get("id")
    if not isinstance(key, str) or not key.strip():
        raise BadRow("id: is missing or no text")
    return key.strip()


def read_row(row: Mapping[str, Any], *, uses_publisher: bool) -> LmsRun:
    """What one row tells. Raises BadRow, BadCourseRunKey.

    Where course teams work in a publisher, texts, media and status are theirs: the LMS tells only
    dates, names and the like.
    """
    key = row_key(row)
    parse_course_run_key(key)
    remarks: list[str] = []
    values: CourseRunValues = {}
    name = _text(row, "name")
    if name:
        values["title_override"] = html.unescape(name).strip()
    for moment in _MOMENTS:
        if moment in row:
            values[moment] = _moment(row, moment)  # type: ignore[literal-required]
    if "pacing" in row:
        values["pacing_type"] = _pacing(row)
    if row.get("hidden") is not None:
        values["hidden"] = _flag(row, "hidden")
    if isinstance(row.get("license"), str):
        values["license"] = row["license"]
    course_values = CourseValues()
    if values.get("title_override"):
        course_values["title"] = values["title_override"] or ""
    if not uses_publisher:
        _add_texts_and_media(row, values, course_values, remarks)
    told = ToldCourseRun(
        key=key,
        values=values,
        course_values=course_values,
        course_follows=not uses_publisher,
    )
    return LmsRun(told, remarks)


def _add_texts_and_media(
    row: Mapping[str, Any],
    values: CourseRunValues,
    course_values: CourseValues,
    remarks: list[str],
) -> None:
    values["status"] = CourseRunStatus.PUBLISHED
    if "short_description" in row:
        values["short_description_override"] = _text(row, "short_description")
    if row.get("mobile_available") is not None:
        values["mobile_available"] = _flag(row, "mobile_available")
    media = row.get("media")
    if media is None:
        return
    video = _address(media, ("course_video", "uri"), remarks)
    if video is not _NOT_TOLD:
        values["video"] = {"src": video} if video else None
    image = _address(media, ("image", "raw"), remarks)
    if image is not _NOT_TOLD:
        course_values["card_image_url"] = image


_NOT_TOLD: Any = object()


def _address(media: Any, path: tuple[str, str], remarks: list[str]) -> Any:
    """The address at a path below `media`: a text, None, or not told.

    Authors type addresses by hand: a wrong one must not keep the run out.
    """
    outer, inner = path
    part = media.get(outer) if isinstance(media, dict) else None
    if not isinstance(part, dict) or inner not in part:
        return _NOT_TOLD
    value = part[inner]
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str) or not is_address(value.strip()):
        remarks.append(f"media.{outer}.{inner}: not an http(s) address, left as it was")
        return _NOT_TOLD
    return value.strip()


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRow(f"{name}: is no text")
    return value.strip() if value else None


def _flag(row: Mapping[str, Any], name: str) -> bool:
    value = row[name]
    if not isinstance(value, bool):
        raise BadRow(f"{name}: is neither true nor false")
    return value


def _pacing(row: Mapping[str, Any]) -> str | None:
    value = row["pacing"]
    if value is None:
        return None
    if not isinstance(value, str) or value not in _PACING:
        raise BadRow("pacing: is neither instructor nor self")
    return _PACING[value]


def _moment(row: Mapping[str, Any], name: str) -> datetime | None:
    text = _text(row, name)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise BadRow(f"{name}: has no time zone")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        if isinstance(error, BadRow):
            raise
        raise BadRow(f"{name}: is no time") from None
