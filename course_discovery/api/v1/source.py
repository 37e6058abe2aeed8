"""Product sources over REST."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from course_discovery.api.v1.nested import SourceShape
from course_discovery.api.v1.projected import ProjectedViewSet
from course_discovery.core.rest.pagination import PagePagination
from course_discovery.course_metadata.models import Source


@extend_schema_view(
    list=extend_schema(summary="List product sources"),
    retrieve=extend_schema(summary="One product source by its slug"),
)
class SourceViewSet(ProjectedViewSet):
    """Product sources, the oldest first."""

    projection = "source"
    queryset = Source.objects.order_by("pk")
    serializer_class = SourceShape
    pagination_class = PagePagination
    needs_partner = False
    lookup_field = "slug"
    lookup_value_regex = r"[-\w]+"
