"""Feeds for affiliates: what a catalog sells, as XML, streamed while it is made.

The elements and their order are those that affiliate networks read by a document type definition.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, ClassVar
from urllib.parse import urljoin

import orjson
from django.conf import settings
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from course_discovery.api.v1.catalog_access import hidden_course_types
from course_discovery.api.v1.catalog_csv import image_of
from course_discovery.api.v1.catalog_found import find_catalog, reader_of, require_known
from course_discovery.api.v1.catalog_runs import BATCH, Rendered, sold_runs
from course_discovery.api.v1.search_parameters import root_of
from course_discovery.catalogs.models import Catalog
from course_discovery.catalogs.queries.members import members, rows_of
from course_discovery.core.rest.request import CatalogView
from course_discovery.course_metadata.models import Program
from course_discovery.course_metadata.queries.program import MARKETABLE
from course_discovery.projections.stored import read
from course_discovery.projections.values import with_host
from search.documents.kinds import COURSE, PROGRAM, Kind

Element = tuple[str, str | Sequence["Element"]]
SEAT_TYPES = ("verified", "professional")
CATEGORY = "Other Experiences"
UNKNOWN = "Unknown"
_MEDIA_TYPE = "application/xml"
_BEGIN = '<?xml version="1.0" encoding="utf-8"?>\n<merchant>'
_END = "</merchant>"
# Characters that no XML document may have (XML 1.0, section 2.2).
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARAMETERS = [
    OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH),
    OpenApiParameter("include_restricted", str, description="restriction types to show"),
]


class FeedRenderer(BaseRenderer):
    """Feeds, and what is wrong with a request for one."""

    media_type = _MEDIA_TYPE
    format = "xml"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> str:
        """An error as a document of the same root."""
        told = data if isinstance(data, dict) else {"detail": data}
        parts = (written((name, _text(value))) for name, value in told.items())
        return f"{_BEGIN}{''.join(parts)}{_END}"


class FeedView(CatalogView):
    """One feed of a catalog."""

    renderer_classes = (FeedRenderer,)
    kind: ClassVar[Kind]

    def answer(self, request: Request, number: str) -> StreamingHttpResponse:
        """The feed of a catalog that the caller may see."""
        catalog = find_catalog(request.user, number)
        require_known(catalog, self.kind, self.request.moment)
        return StreamingHttpResponse(
            document(self.products(catalog)), content_type=f"{_MEDIA_TYPE}; charset=utf-8"
        )

    def products(self, catalog: Catalog) -> "Iterator[Sequence[Element]]":
        """The elements of each product."""
        raise NotImplementedError


class SeatFeedView(FeedView):
    """Seats that cost something and can be had."""

    kind = COURSE

    @extend_schema(
        operation_id="affiliate_seats", summary="Seats of a catalog, for affiliates",
        parameters=_PARAMETERS, responses={(200, _MEDIA_TYPE): OpenApiTypes.STR},
    )  # fmt: skip
    def get(self, request: Request, id: str) -> StreamingHttpResponse:
        """A product for each verified or professional seat of active, marketable runs."""
        return self.answer(request, id)

    def products(self, catalog: Catalog) -> Iterator[Sequence[Element]]:
        """Seat by seat."""
        root = root_of(self.request)
        sold = sold_runs(
            catalog,
            reader_of(self.request),
            now=self.request.moment,
            root=root,
            without_types=hidden_course_types(self.request),
        )
        for course, run in sold:
            for seat in run["seats"]:
                if seat["type"] in SEAT_TYPES:
                    yield seat_product(course, run, seat, root)


class ProgramFeedView(FeedView):
    """Programs that can be shown to buyers."""

    kind = PROGRAM

    @extend_schema(
        operation_id="affiliate_programs", summary="Programs of a catalog, for affiliates",
        parameters=_PARAMETERS[:1], responses={(200, _MEDIA_TYPE): OpenApiTypes.STR},
    )  # fmt: skip
    def get(self, request: Request, id: str) -> StreamingHttpResponse:
        """A product for each marketable program that the catalog's query for programs matches."""
        return self.answer(request, id)

    def products(self, catalog: Catalog) -> Iterator[Sequence[Element]]:
        """Program by program."""
        root = root_of(self.request)
        found = members(catalog, PROGRAM, reader_of(self.request))
        programs = Program.objects.filter(MARKETABLE, pk__in=rows_of(found)).exclude(
            type__slug__in=settings.AFFILIATE_EXCLUDED_PROGRAM_TYPES
        )
        last = 0
        while pks := list(
            programs.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        ):
            last = pks[-1]
            stored = read("program", pks, now=self.request.moment)
            for pk in pks:
                if pk in stored:
                    program = orjson.loads(with_host(stored[pk].body, root))
                    yield program_product(program, root)


def seat_product(course: Rendered, run: Rendered, seat: Rendered, root: str) -> Sequence[Element]:
    """The elements of a seat."""
    return (
        ("name", _text(run["title"])),
        ("pid", f"{run['key']}-{seat['type']}"),
        ("desc", _text(run["full_description"])),
        ("category", CATEGORY),
        ("purl", _text(run["marketing_url"])),
        ("imgurl", _address(image_of(course), root)),
        ("price", (("actualp", _text(seat["price"])),)),
        ("lang", _language(run["content_language"])),
        ("currency", _text(seat["currency"])),
        ("validfrom", _day(run["start"])),
        ("validto", _day(run["end"])),
        ("custom1", _text(run["pacing_type"])),
        ("custom2", _text(run["level_type"])),
        ("custom3", ",".join(each["name"] for each in course["subjects"])),
        ("custom4", ",".join(each["name"] for each in course["owners"])),
        ("custom5", _text(run["short_description"])),
        ("custom6", _weeks(run["weeks_to_complete"])),
    )


def program_product(program: Rendered, root: str) -> Sequence[Element]:
    """The elements of a program."""
    banner = program["banner_image"] or {}
    picture = banner.get("large", {}).get("url") or program["card_image_url"]
    price = next(iter(program["price_ranges"]), None)
    languages = [program["language_override"], *program["languages"]]
    return (
        ("name", _text(program["title"])),
        ("pid", program["uuid"]),
        ("desc", _text(program["overview"])),
        ("purl", _text(program["marketing_url"])),
        ("imgurl", _address(picture, root)),
        ("category", CATEGORY),
        ("price", (("actualp", f"{price['total']:.2f}" if price else UNKNOWN),)),
        ("lang", _language(next(filter(None, languages), None))),
        ("currency", price["currency"] if price else UNKNOWN),
        ("custom1", program["type_attrs"]["slug"] if program["type_attrs"] else ""),
    )


def document(products: Iterable[Sequence[Element]]) -> Iterator[str]:
    """The whole feed, product by product."""
    yield _BEGIN
    for product in products:
        yield written(("product", product))
    yield _END


def written(element: Element) -> str:
    """An element as XML; characters that XML does not know are left out."""
    name, content = element
    if isinstance(content, str):
        inner = escape(_NO_CHARACTER.sub("", content), quote=False)
    else:
        inner = "".join(written(each) for each in content)
    return f"<{name}>{inner}</{name}>"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(str(each) for each in value)
    return "" if value is None else str(value)


def _address(src: str | None, root: str) -> str:
    return urljoin(f"{root}/", src) if src else ""


def _language(code: str | None) -> str:
    """Two letters (ISO 639-1), English where nothing is said."""
    return (code or "en")[:2].lower()


def _day(moment: str | None) -> str:
    return (moment or "")[:10]


def _weeks(number: int | None) -> str:
    return f"{number} {'week' if number == 1 else 'weeks'}" if number else ""
