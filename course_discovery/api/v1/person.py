"""People over REST."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework.permissions import DjangoModelPermissionsOrAnonReadOnly

from course_discovery.api.v1.filters import CatalogFilterSet, RepeatedFilter
from course_discovery.api.v1.organization import UUID
from course_discovery.api.v1.person_options import PersonOptions
from course_discovery.api.v1.projected import ProjectedViewSet
from course_discovery.api.v1.shapes.person import PersonShape
from course_discovery.core.rest.pagination import PagePagination
from course_discovery.course_metadata.models import Person
from course_discovery.course_metadata.queries.person import people_of_organizations

_ORG = OpenApiParameter(
    "org", str, many=True, description="key of an organization whose courses they teach; repeat it"
)


class PersonFilters(CatalogFilterSet):
    """Filters of the list of people."""

    slug = django_filters.CharFilter()
    org = RepeatedFilter(method="teaching_for")

    class Meta:
        model = Person
        fields = ("slug", "org")

    def teaching_for(
        self, queryset: QuerySet[Person], name: str, value: list[str]
    ) -> QuerySet[Person]:
        """People who teach for one of the organizations; without an account only openly."""
        return people_of_organizations(
            queryset,
            value,
            partner=self.request.partner,
            open_to_all=self.request.user.is_anonymous,
        )


@extend_schema_view(
    list=extend_schema(summary="List people", parameters=[_ORG]),
    retrieve=extend_schema(summary="One person by uuid", parameters=[_ORG]),
)
class PersonViewSet(ProjectedViewSet):
    """People of the partner, in the order in which they came; published ones need no account."""

    projection = "person"
    queryset = Person.objects.none()
    serializer_class = PersonShape
    filterset_class = PersonFilters
    pagination_class = PagePagination
    permission_classes = (DjangoModelPermissionsOrAnonReadOnly, NotJwtRestrictedApplication)
    metadata_class = PersonOptions
    lookup_field = "uuid"
    lookup_value_regex = UUID

    def get_queryset(self) -> QuerySet[Person]:
        """The people that the caller may see."""
        people = Person.objects.filter(partner=self.request.partner)
        return people.filter(published=True) if self.request.user.is_anonymous else people

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The person of this uuid, if the filters let them pass."""
        return self.find_by_uuid(self.filter_queryset(queryset), value)
