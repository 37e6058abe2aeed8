"""Which of some courses and course runs a query string matches: as in the first version."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.query_contains import PARAMETERS, RESPONSES
from course_discovery.api.v1.query_contains import QueryContainsView as FirstVersion


class QueryContainsView(FirstVersion):
    """The second version means the same: every answer is exact in both."""

    @extend_schema(
        operation_id="query_contains_v2", summary="Which courses and runs a query string matches",
        parameters=PARAMETERS, responses=RESPONSES,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Keys of runs and uuids of courses in one map."""
        return super().get(request)
