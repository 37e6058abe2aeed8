"""People over REST."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import (
    SAFE_METHODS,
    BasePermission,
    IsAuthenticatedOrReadOnly,
)
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.filters import CatalogFilterSet, RepeatedFilter
from course_discovery.api.v1.organization import UUID
from course_discovery.api.v1.person_options import PersonOptions
from course_discovery.api.v1.shapes.person import PersonShape
from course_discovery.api.v1.shapes.person_body import PersonBody
from course_discovery.api.v1.writing import WritableViewSet, refused, told
from course_discovery.core.rest.pagination import PagePagination
from course_discovery.course_metadata.models import Organization, Person
from course_discovery.course_metadata.operations.person import PersonValues, PositionValues
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.course_metadata.queries.person import people_of_organizations
from course_discovery.publisher.operations.person import (
    create_person,
    delete_person,
    update_person,
)
from course_discovery.publisher.roles import may_write_people

_ORG = OpenApiParameter(
    "org", str, many=True, description="key of an organization whose courses they teach; repeat it"
)


class MayWritePeople(BasePermission):
    """Asked before a body is read; the operations ask again."""

    rights: ClassVar = {"POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "delete"}

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller reads, or may do this with people."""
        right = self.rights.get(request.method or "")
        return request.method in SAFE_METHODS or (
            right is not None and may_write_people(request.user, right)
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
class PersonViewSet(WritableViewSet):
    """People of the partner, in the order in which they came; published ones need no account."""

    projection = "person"
    queryset = Person.objects.none()
    serializer_class = PersonShape
    filterset_class = PersonFilters
    pagination_class = PagePagination
    permission_classes = (
        IsAuthenticatedOrReadOnly,
        NotJwtRestrictedApplication,
        MayWritePeople,
    )
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

    @extend_schema(
        summary="Create a person",
        request=PersonBody,
        responses={status.HTTP_201_CREATED: PersonShape},
    )
    def create(self, request: Request) -> Response:
        """A new person, published at once."""
        body = told(request.data, PersonBody)
        try:
            person = create_person(
                partner=self.request.partner,
                values=self._values(body),
                slug=body.get("slug") or None,
                by=request.user,
            )
        except Refusal as error:
            raise refused(error) from error
        return self.shown(person.pk, status.HTTP_201_CREATED)

    @extend_schema(summary="Tell a person anew", request=PersonBody)
    def update(self, request: Request, uuid: str, partial: bool = False) -> Response:
        """Other values for a person; addresses and areas that are not told go."""
        person = self.target()
        body = told(request.data, PersonBody, partial=partial)
        if not partial:
            body = {"urls_detailed": [], "areas_of_expertise": [], **body}
        try:
            update_person(person=person, values=self._values(body), by=request.user)
        except Refusal as error:
            raise refused(error) from error
        return self.shown(person.pk)

    @extend_schema(summary="Change a person", request=PersonBody)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """The same; what is not told stays."""
        return self.update(request, uuid, partial=True)

    @extend_schema(summary="Delete a person")
    def destroy(self, request: Request, uuid: str) -> Response:
        """They teach nothing any more."""
        delete_person(person=self.target(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _values(self, body: dict[str, Any]) -> PersonValues:
        """What a body tells, in the words of operations."""
        values: Any = {name: value for name, value in body.items() if name != "slug"}
        if "urls_detailed" in values:
            values["networks"] = [
                {**each, "title": each.get("title") or ""} for each in values.pop("urls_detailed")
            ]
        if "areas_of_expertise" in values:
            values["areas_of_expertise"] = [
                {"id": None, **each} for each in values["areas_of_expertise"]
            ]
        if "position" in values:
            values["position"] = self._position(values["position"])
        told_values: PersonValues = values
        return told_values

    def _position(self, body: dict[str, Any]) -> PositionValues:
        """A position with its organization by key. Raises ValidationError for an unknown one."""
        pk = body.get("organization")
        key = None
        if pk is not None:
            organizations = Organization.objects.filter(partner=self.request.partner, pk=pk)
            key = organizations.values_list("key", flat=True).first()
            if key is None:
                raise ValidationError({"position": {"organization": [f"No organization {pk}."]}})
        return {
            "title": body["title"],
            "organization": key,
            "organization_override": body.get("organization_override"),
        }
