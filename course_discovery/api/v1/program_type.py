"""Program types over REST."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from course_discovery.api.v1.projected import ProjectedViewSet
from course_discovery.api.v1.shapes.program_type import ProgramTypeShape
from course_discovery.api.v1.subject import LANGUAGE
from course_discovery.core.rest.pagination import FixedPagePagination
from course_discovery.course_metadata.models import ProgramType


@extend_schema_view(
    list=extend_schema(summary="List program types", parameters=[LANGUAGE]),
    retrieve=extend_schema(summary="One program type by its slug", parameters=[LANGUAGE]),
)
class ProgramTypeViewSet(ProjectedViewSet):
    """Program types, the oldest first."""

    projection = "program_type"
    queryset = ProgramType.objects.order_by("pk")
    serializer_class = ProgramTypeShape
    pagination_class = FixedPagePagination
    needs_partner = False
    lookup_field = "slug"
    lookup_value_regex = r"[-\w]+"
