"""A catalog as a table of comma separated values (RFC 4180), for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from course_discovery.api.v1.catalog_found import find_catalog, reader_of, require_known
from course_discovery.api.v1.catalog_runs import Rendered, sold_runs
from course_discovery.api.v1.search_parameters import root_of
from course_discovery.api.v1.utm import caller_query
from course_discovery.core.rest.request import CatalogView
from search.documents.kinds import COURSE

_PRICED = ("currency", "price", "type", "upgrade_deadline")
# The order is frozen; a new column goes to the end.
COLUMNS = (
    "announcement", "content_language", "course_key", "end", "enrollment_end", "enrollment_start",
    "expected_learning_items", "full_description", "image.description", "image.height",
    "image.src", "image.width", "key", "level_type", "marketing_url", "max_effort", "min_effort",
    "modified", "owners", "pacing_type", "prerequisites", "seats.audit.type",
    "seats.credit.credit_hours", "seats.credit.credit_provider", "seats.credit.currency",
    "seats.credit.price", "seats.credit.type", "seats.credit.upgrade_deadline",
    "seats.honor.type", "seats.masters.type", "seats.professional.currency",
    "seats.professional.price", "seats.professional.type", "seats.professional.upgrade_deadline",
    "seats.verified.currency", "seats.verified.price", "seats.verified.type",
    "seats.verified.upgrade_deadline", "short_description", "sponsors", "start", "subjects",
    "title", "video.description", "video.image.description", "video.image.height",
    "video.image.src", "video.image.width", "video.src",
)  # fmt: skip
# Columns that a run itself has under the same name.
_OF_RUN = (
    "announcement", "content_language", "end", "enrollment_end", "enrollment_start",
    "full_description", "key", "level_type", "max_effort", "min_effort", "modified",
    "pacing_type", "short_description", "start", "title",
)  # fmt: skip
# What a spreadsheet takes as the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvRenderer(BaseRenderer):
    """Lets clients ask for this type. The table is streamed past it; refusals are told by it."""

    media_type = "text/csv"
    format = "csv"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """What is wrong with a request: a header of names, and a line of reasons."""
        told = data if isinstance(data, dict) else {"detail": data}
        writer = csv.writer(_Echo())
        rows = (told.keys(), (_cell(value) for value in told.values()))
        return "".join(writer.writerow(row) for row in rows).encode()


class CatalogCsvView(CatalogView):
    """The runs of a catalog's courses, a line each."""

    renderer_classes = (JSONRenderer, CsvRenderer)

    @extend_schema(
        operation_id="catalogs_csv",
        summary="The active, marketable runs of a catalog's courses as CSV",
        parameters=[
            OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH),
            OpenApiParameter("include_restricted", str, description="restriction types to show"),
        ],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request, id: str) -> StreamingHttpResponse:
        """Streamed while it is made."""
        catalog, now = find_catalog(request.user, id), self.request.moment
        require_known(catalog, COURSE, now)
        runs = sold_runs(catalog, reader_of(request), now=now, root=root_of(request))
        query = caller_query(request)
        response = StreamingHttpResponse(
            lines(row_of(course, run, query) for course, run in runs), content_type="text/csv"
        )
        name = f"catalog_{catalog.pk}_{now:%Y-%m-%d-%H-%M}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class _Echo:
    """A file that hands on what is written to it."""

    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The header and the rows, a line each; no cell of a row can start a formula."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([_cell(row[name]) for name in COLUMNS])


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def row_of(course: Rendered, run: Rendered, query: str) -> dict[str, Any]:
    """A run by columns; `query` are the caller's tracking parameters."""
    return {
        **{name: run[name] for name in _OF_RUN},
        "course_key": course["key"],
        "expected_learning_items": ",".join(course["expected_learning_items"]),
        "image.description": None,
        "image.height": None,
        "image.src": image_of(course),
        "image.width": None,
        "marketing_url": run["marketing_url"] and run["marketing_url"] + query,
        "owners": ",".join(each["key"] for each in course["owners"]),
        "prerequisites": ",".join(each["name"] for each in course["prerequisites"]),
        "sponsors": ",".join(each["key"] for each in course["sponsors"]),
        "subjects": ",".join(each["name"] for each in course["subjects"]),
        **_seats(run["seats"]),
        **_video(run["video"]),
    }


def image_of(course: Rendered) -> str | None:
    """The address of the picture that stands for a course and its runs."""
    card: str | None = course["card_image_url"]
    return card or (course["image"] and course["image"]["src"])


def _seats(seats: list[Rendered]) -> dict[str, Any]:
    by_type: dict[str, list[Rendered]] = {}
    for seat in seats:
        by_type.setdefault(seat["type"], []).append(seat)
    found: dict[str, Any] = {
        f"seats.{slug}.type": slug if slug in by_type else None
        for slug in ("audit", "honor", "masters")
    }
    for slug in ("professional", "verified"):
        # The last one counts where a run has several.
        seat = by_type.get(slug, [{}])[-1]
        found |= {f"seats.{slug}.{name}": seat.get(name) for name in _PRICED}
    credits = by_type.get("credit", [])
    for name in ("credit_hours", "credit_provider", *_PRICED):
        values = [each[name] for each in credits]
        found[f"seats.credit.{name}"] = ",".join("" if v is None else str(v) for v in values)
    found["seats.credit.type"] = "credit" if credits else None
    return found


def _video(video: Rendered | None) -> dict[str, Any]:
    image = (video or {}).get("image") or {}
    return {
        "video.description": video and video["description"],
        "video.src": video and video["src"],
        **{
            f"video.image.{name}": image.get(name)
            for name in ("description", "height", "src", "width")
        },
    }
