"""Facets of searches over REST: counts, each with the address that narrows to it."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.search import SearchView
from course_discovery.api.v1.search_parameters import narrow_address, parameters_of
from course_discovery.api.v1.search_schema import DISTINCT, FACETS, SearchSchema
from search.queries.facets import Bucket, Facets, facets, narrowed, open_to_all
from search.queries.kinds import counted

Counts = dict[str, Any]


class FacetsView(SearchView):
    """Counts of what is published and not hidden, and a page of it."""

    distinct = False
    schema = SearchSchema(FACETS)

    def get(self, request: Request) -> Response:
        """Facets narrowed by those that are selected, with the addresses that narrow further."""
        fields, queries, objects = self.parts(request)
        return Response({"fields": fields, "dates": {}, "queries": queries, "objects": objects})

    def parts(self, request: Request) -> tuple[Counts, Counts, Counts]:
        """Counts of the fields' values and of the query facets, and the page."""
        parameters = parameters_of(request)
        family = self.family
        found = self.criteria(parameters, counted(family.kinds(parameters), parameters))
        found = narrowed(
            open_to_all(found) if family.open_to_all else found,
            fields=family.facets,
            selected=parameters.get("selected_facets", ()),
            selected_queries=parameters.get("selected_query_facets", ()) if family.dated else (),
        )
        counts = facets(found, fields=family.facets, queries=family.dated, distinct=self.distinct)
        fields = {
            name: [self.bucket(name, bucket) for bucket in buckets]
            for name, buckets in counts.fields.items()
        }
        queries = {name: self.query(name, counts) for name in counts.queries}
        return fields, queries, self.objects(self.page(found, parameters), counts)

    def objects(self, page: Counts, counts: Facets) -> Counts:
        """The page beside the counts."""
        return page

    def bucket(self, facet: str, bucket: Bucket) -> Counts:
        """A value of a facet."""
        value = f"{facet}_exact:{bucket.text}"
        return {
            "text": bucket.text,
            "count": bucket.count,
            "narrow_url": narrow_address(self.request, "selected_facets", value),
        }

    def query(self, name: str, counts: Facets) -> Counts:
        """A query facet."""
        return {
            "count": counts.queries[name],
            "narrow_url": narrow_address(self.request, "selected_query_facets", name),
        }


class DistinctFacetsView(FacetsView):
    """The same, and how many different things are among the hits."""

    distinct = True
    schema = SearchSchema(DISTINCT)

    def get(self, request: Request) -> Response:
        """Runs of one course count once in `distinct_count`; large numbers are estimates."""
        fields, queries, objects = self.parts(request)
        return Response({"dates": {}, "queries": queries, "fields": fields, "objects": objects})

    def objects(self, page: Counts, counts: Facets) -> Counts:
        """The page beside the counts, and the number of different things on all pages."""
        return {**page, "distinct_count": counts.distinct}

    def bucket(self, facet: str, bucket: Bucket) -> Counts:
        """A value of a facet."""
        return {**super().bucket(facet, bucket), "distinct_count": bucket.distinct}

    def query(self, name: str, counts: Facets) -> Counts:
        """A query facet."""
        return {**super().query(name, counts), "distinct_count": counts.distinct_queries[name]}
