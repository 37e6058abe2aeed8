"""Which of some courses and course runs a query string matches, over REST."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.filters import parts_of
from course_discovery.api.v1.projected import uuid_or_none
from course_discovery.api.v1.restricted import shown_restrictions
from course_discovery.core.changes.owners import batches
from course_discovery.core.fields import fold
from course_discovery.core.rest.request import CatalogView
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.queries.visibility import course, course_run
from course_discovery.course_metadata.queries.visibility.conditions import Look, meeting
from search.documents.kinds import COURSE, COURSE_RUN, Kind
from search.queries.matching import is_everything, matching_pks, matching_query

_MISSING = "CatalogQueryContains endpoint requires query and identifiers list(s)"
PARAMETERS = [
    OpenApiParameter("query", str, required=True, description="Lucene grammar; `*` = everything"),
    OpenApiParameter("course_run_ids", str, description="comma separated keys"),
    OpenApiParameter("course_uuids", str, description="comma separated uuids"),
    OpenApiParameter("include_restricted", str, description="restriction types that count too"),
]
RESPONSES = {
    (200, "application/json"): {"type": "object", "additionalProperties": {"type": "boolean"}},
    (400, "application/json"): OpenApiTypes.STR,
}


class QueryContainsView(CatalogView):
    """Asks a query string about official courses and runs of the partner; exact at any size."""

    @extend_schema(
        operation_id="query_contains", summary="Which courses and runs a query string matches",
        parameters=PARAMETERS, responses=RESPONSES,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Keys of runs and uuids of courses in one map."""
        written = request.query_params.get("query", "")
        keys = parts_of(request.query_params.get("course_run_ids"))
        uuids = [_uuid(each) for each in parts_of(request.query_params.get("course_uuids"))]
        if not written.strip() or not (keys or uuids):
            return Response(_MISSING, 400)
        runs, courses = self._runs(written, keys), self._courses(written, uuids)
        found = {key: fold(key) in runs for key in keys}
        return Response(found | {str(each): each in courses for each in uuids})

    @property
    def _look(self) -> Look:
        restrictions = shown_restrictions(self.request)
        return Look(self.request.moment, self.request.partner, restrictions)

    def _runs(self, written: str, keys: Collection[str]) -> set[str]:
        """The folded keys of the runs that match."""
        official = CourseRun.objects.filter(meeting(course_run.LISTED, self._look))
        folded = [fold(key) for key in keys if "\x00" not in key]
        return {
            key
            for batch in batches(dict.fromkeys(folded))
            for key in self._matching(
                COURSE_RUN, official.filter(key_folded__in=batch), written, keys=batch
            ).values_list("key_folded", flat=True)
        }

    def _courses(self, written: str, uuids: Collection[UUID]) -> set[UUID]:
        """The uuids of the courses that match."""
        official = Course.objects.filter(meeting(course.LISTED, self._look))
        return {
            uuid
            for batch in batches(dict.fromkeys(uuids))
            for uuid in self._matching(
                COURSE, official.filter(uuid__in=batch), written, uuids=[str(u) for u in batch]
            ).values_list("uuid", flat=True)
        }

    def _matching(
        self, kind: Kind, rows: QuerySet[Any], written: str, **named: Collection[str]
    ) -> QuerySet[Any]:
        """Those of the rows that match; `*` matches all there are, indexed or not."""
        if is_everything(written):
            return rows
        query = matching_query(
            kind,
            written,
            now=self.request.moment,
            partner=self.request.partner.short_code,
            include_restricted=shown_restrictions(self.request),
            parameter="query",
            **named,
        )
        return rows.filter(pk__in=list(matching_pks(kind, query)))


def _uuid(text: str) -> UUID:
    """Raises ValidationError for what is no uuid."""
    mark = uuid_or_none(text)
    if mark is None:
        raise ValidationError({"course_uuids": [f"{text!r} is not a UUID."]})
    return mark
