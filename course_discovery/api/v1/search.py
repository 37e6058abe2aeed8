"""Search over REST: pages of hits, and single documents."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.search_families import ALL, Family
from course_discovery.api.v1.search_paging import Shown, by_number, by_position
from course_discovery.api.v1.search_parameters import Parameters, explains, parameters_of, root_of
from course_discovery.api.v1.search_schema import LIST, ONE, SearchSchema
from course_discovery.core.rest.request import CatalogView
from search.documents.kinds import Kind
from search.queries.boosts import DECAY
from search.queries.criteria import Criteria, criteria, first
from search.queries.kinds import ALL as ALL_KINDS
from search.queries.page import Hit, find_one
from search.queries.reasons import Reasons, reasons_of
from search.queries.rows import Flags, limited_row, result_row

Row = dict[str, Any]


class SearchView(CatalogView):
    """What all search addresses share; `positions`: pages are told by positions (version 2)."""

    family: Family = ALL
    reasons: Mapping[str, Reasons] = MappingProxyType({})
    positions: bool = False
    schema = SearchSchema(LIST)

    def criteria(self, parameters: Parameters, kinds: Sequence[Kind] | None = None) -> Criteria:
        """What the request asks for. Staff find learner pathways whomever they are for."""
        family = self.family
        own = family.own and self.request.method != "POST"
        return criteria(
            parameters,
            kinds=family.kinds(parameters) if kinds is None else kinds,
            now=self.request.moment,
            partner=self.request.partner.short_code if own else None,
            filtered=family.filtered,
            every_scope=self.request.user.is_staff,
        )

    def page(self, found: Criteria, parameters: Parameters) -> Row:
        """The page that the request asks for, with the addresses around it."""
        paging = by_position if self.positions else by_number
        shown = paging(self.request, found, parameters, grouped=self.family.whole)
        asked = explains(parameters)
        self.reasons = reasons_of(found, shown.hits, first(parameters, "q")) if asked else {}
        return {
            "count": shown.count,
            "next": shown.next,
            "previous": shown.previous,
            "results": self.results(shown, Flags.of(parameters, found, root=root_of(self.request))),
        }

    def results(self, shown: Shown, flags: Flags) -> list[Row]:
        """The hits as they are served."""
        return [self.row(hit, flags) for hit in shown.hits]

    def row(self, hit: Hit, flags: Flags) -> Row:
        """One hit as it is served."""
        if self.family.whole:
            row = result_row(hit, flags, placed=self.positions)
        else:
            row = limited_row(hit)
        reasons = self.reasons.get(hit.source["uuid"])
        return row if reasons is None else row | {"explanation": _told(reasons)}


def _told(reasons: Reasons) -> Row:
    return {
        "fields": list(reasons.fields),
        "boosts": [{"boost": each.says, "weight": each.weight} for each in reasons.boosts],
        "decay": {"decay": DECAY.says, "weight": DECAY.weight, "share": round(reasons.share, 4)},
        "words": reasons.said,
    }


class HitsView(SearchView):
    """A page of hits."""

    def get(self, request: Request) -> Response:
        """Hits, those of one kind together. A page beyond the last is 404."""
        parameters = parameters_of(request)
        page = self.page(self.criteria(parameters), parameters)
        results = page.pop("results")
        return Response({**page, "facets": {}, "results": results})


class AllHitsView(HitsView):
    """A page of hits; filters may come in a body, too."""

    def post(self, request: Request) -> Response:
        """The same; parameters come as JSON or as a form, and no partner is added."""
        return self.get(request)


class OneView(SearchView):
    """A single document."""

    schema = SearchSchema(ONE)

    def get(self, request: Request, **named: str) -> Response:
        """The document as lists show it, found by its uuid; courses and runs by their key, too."""
        parameters = parameters_of(request)
        # Who names a learner pathway need not ask for them.
        kinds = ALL_KINDS if self.family.has_pathways else None
        found = self.criteria(parameters, kinds)
        identifier = named[self.family.name_of_one]
        hit = find_one(found, identifier, partner=self.request.partner.short_code)
        if hit is None:
            raise NotFound("No result matches the given query.")
        return Response(self.row(hit, Flags.of(parameters, found, root=root_of(request))))
