"""How search addresses are described: what is alike in all of them is written once."""

from dataclasses import dataclass
from typing import Any, cast

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, inline_serializer
from rest_framework import serializers

from course_discovery.api.v1.nested_runs import FLAGS
from course_discovery.api.v1.search_families import Family
from course_discovery.api.v1.shapes.search import (
    ROWS,
    BriefPageShape,
    BriefRowShape,
    SearchPageShape,
    any_of,
)
from course_discovery.api.v1.shapes.search_details import DetailsPageShape
from search.queries.filters import FILTERS

_Q = OpenApiParameter(
    "q", str, description="a phrase of the key, title or text; `field:=text` asks one field"
)
_RESTRICTED = OpenApiParameter(
    "include_restricted", str, description="restriction types of runs to show, comma separated"
)
_PAGE = OpenApiParameter("page", str, description="number of the page, or `last`")
_PAGE_SIZE = OpenApiParameter("page_size", int, description="20, at most 1,000")
_EXPLAIN = OpenApiParameter(
    "explain", bool,
    description="1 = each hit tells, in `explanation`, which fields have the words, and what is "
    "added to its score where hits are ordered by relevance",
)  # fmt: skip
_AFTER = OpenApiParameter("search_after", str, description="the position that `next` leads to")
_SELECTED = OpenApiParameter(
    "selected_facets", str, many=True, description="`<facet>_exact:<value>`; repeat it"
)
_SELECTED_QUERIES = OpenApiParameter(
    "selected_query_facets", str, many=True,
    description="availability_current, _starting_soon, _upcoming or _archived; repeat it",
)  # fmt: skip
_RUNS_OF_COURSES = (
    OpenApiParameter(
        "exclude_expired_course_run", str,
        description="any value: courses without their ended runs, but for runs that have one of "
        "the values asked for",
    ),
    OpenApiParameter("detail_fields", str, description="any value: more keys of courses"),
)  # fmt: skip
_PATHWAYS = (
    OpenApiParameter("include_learner_pathways", bool, description="true = learner pathways too"),
    OpenApiParameter(
        "enterprise_customer_uuid", str, description="learner pathways for these enterprises, too"
    ),
    OpenApiParameter(
        "learner_group_uuid", str, description="learner pathways for these groups, too"
    ),
)
_OF_DETAILS = (
    OpenApiParameter("exclude_utm", int, description="1 = bare marketing addresses"),
    OpenApiParameter("language_code", str, description="language of what is translated"),
    *(OpenApiParameter(name, int, description=text) for name, text in FLAGS.items()),
)
_FILTERS = tuple(
    OpenApiParameter(
        name, str, many=True,
        description="look-ups: "
        + ", ".join(f"`__{lookup}`" for lookup in sorted(each.lookups) if lookup),
    )
    for name, each in FILTERS.items()
)  # fmt: skip


def _facets_shape(name: str, more: str = "") -> Any:
    # A field called `fields` cannot be declared in the body of a serializer.
    return inline_serializer(
        name,
        {
            "fields": serializers.DictField(
                help_text=f"facet: [{{text, count, narrow_url{more}}}]"
            ),
            "dates": serializers.DictField(help_text="always {}"),
            "queries": serializers.DictField(
                help_text=f"query facet: {{count, narrow_url{more}}}; those without hits left out"
            ),
            "objects": serializers.DictField(help_text=f"count, next, previous, results{more}"),
        },
    )


@dataclass(frozen=True)
class Form:
    """What addresses of one form answer: `summary` goes before what is searched.

    `brief` is the response where rows have a few keys only.
    """

    name: str
    summary: str
    response: Any
    brief: Any = None
    examples: tuple[OpenApiExample, ...] = ()
    paged: bool = True
    selects: bool = False
    detailed: bool = False


_PAGE_EXAMPLE = OpenApiExample(
    "A page",
    {
        "count": 2,
        "next": None,
        "previous": None,
        "facets": {},
        "results": [
            {"aggregation_key": "course:NorthU+PHY101", "content_type": "course", "...": "..."}
        ],
    },
    response_only=True,
)
_FACETS_EXAMPLE = OpenApiExample(
    "Facets",
    {
        "fields": {
            "level_type": [
                {
                    "text": "Introductory",
                    "count": 12,
                    "narrow_url": "https://discovery.example.com/api/v1/search/all/facets/"
                    "?selected_facets=level_type_exact%3AIntroductory",
                }
            ]
        },
        "dates": {},
        "queries": {
            "availability_current": {
                "count": 7,
                "narrow_url": "https://discovery.example.com/api/v1/search/all/facets/"
                "?selected_query_facets=availability_current",
            }
        },
        "objects": {"count": 31, "next": None, "previous": None, "results": []},
    },
    response_only=True,
)
_BODY_EXAMPLE = OpenApiExample(
    "A content filter",
    {
        "content_type": ["course", "courserun"],
        "partner": "edx",
        "level_type": ["Introductory", "Intermediate"],
        "first_enrollable_paid_seat_price__lte": 100,
        "published": True,
    },
    request_only=True,
)
LIST = Form("list", "Search", SearchPageShape, BriefPageShape, (_PAGE_EXAMPLE,))
FACETS = Form(
    "facets", "Count", _facets_shape("SearchFacetsShape"), None, (_FACETS_EXAMPLE,), selects=True
)
DISTINCT = Form(
    "distinct_facets", "Count different things in",
    _facets_shape("SearchDistinctFacetsShape", ", distinct_count"), selects=True,
)  # fmt: skip
DETAILS = Form(
    "details", "Search, with everything there is of", DetailsPageShape, None, (_PAGE_EXAMPLE,),
    detailed=True,
)  # fmt: skip
ONE = Form("one", "One document of", any_of("SearchRow", ROWS), BriefRowShape, paged=False)


class SearchSchema(AutoSchema):
    """Describes a search view by its form and its family."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form

    @property
    def family(self) -> Family:
        """What the view searches."""
        return cast(Family, cast(Any, self.view).family)

    @property
    def positions(self) -> bool:
        """Whether pages are told by positions."""
        return bool(cast(Any, self.view).positions)

    def get_operation_id(self) -> str:
        """A name that no other address has."""
        version = "_v2" if self.positions else ""
        body = "_by_body" if self.method == "POST" else ""
        return f"search_{self.family.name}_{self.form.name}{version}{body}"

    def get_summary(self) -> str:
        """One line."""
        body = ", parameters in the body" if self.method == "POST" else ""
        return f"{self.form.summary} {self.family.what}{body}"

    def get_tags(self) -> list[str]:
        """All searches stand together."""
        return ["search"]

    def get_request_serializer(self) -> Any:
        """Any object: the names of parameters with their values."""
        return OpenApiTypes.OBJECT if self.method == "POST" else None

    def get_response_serializers(self) -> Any:
        """The shape of the form."""
        form = self.form
        return form.response if self.family.whole or form.brief is None else form.brief

    def get_examples(self) -> list[OpenApiExample]:
        """An answer, and a body where there is one."""
        return [*self.form.examples, *([_BODY_EXAMPLE] if self.method == "POST" else ())]

    def get_override_parameters(self) -> list[Any]:
        """What the address can be asked with."""
        form, family = self.form, self.family
        found = [_RESTRICTED]
        if form.paged:
            found += [_Q, *self._paging()]
            found += () if form.detailed else (_EXPLAIN,)
        else:
            found.append(OpenApiParameter(family.name_of_one, str, OpenApiParameter.PATH))
        if form.selects:
            found += [_SELECTED, *((_SELECTED_QUERIES,) if family.dated else ())]
        if form.detailed:
            found += _OF_DETAILS
        elif family.whole and family.name in ("all", "courses"):
            found += _RUNS_OF_COURSES
        if family.has_pathways:
            found += _PATHWAYS
        return found + list(_FILTERS if family.filtered else ())

    def _paging(self) -> list[OpenApiParameter]:
        unique = "aggregation_uuid" if self.positions else "aggregation_key"
        ordering = OpenApiParameter(
            "ordering", str, many=True,
            description=f"start, {unique}, both also with -; relevance; one in each parameter",
        )  # fmt: skip
        return [*((_AFTER,) if self.positions else (_PAGE,)), _PAGE_SIZE, ordering]
