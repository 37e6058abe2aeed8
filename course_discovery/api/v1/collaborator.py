"""Collaborators over REST."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.organization import UUID
from course_discovery.api.v1.shapes.collaborator import CollaboratorBody, CollaboratorShape
from course_discovery.api.v1.writing import WritableViewSet, refused, told
from course_discovery.core.rest.pagination import NewestFirstPagination
from course_discovery.course_metadata.models import Collaborator
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.publisher.operations.collaborator import (
    create_collaborator,
    delete_collaborator,
    update_collaborator,
)


@extend_schema_view(
    list=extend_schema(summary="List collaborators"),
    retrieve=extend_schema(summary="One collaborator by uuid"),
)
class CollaboratorViewSet(WritableViewSet):
    """Collaborators, the newest first; they belong to no partner."""

    projection = "collaborator"
    serializer_class = CollaboratorShape
    queryset = Collaborator.objects.all()
    pagination_class = NewestFirstPagination
    needs_partner = False
    lookup_field = "uuid"
    lookup_value_regex = UUID

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The collaborator of this uuid."""
        return self.find_by_uuid(queryset, value)

    @extend_schema(
        summary="Create a collaborator",
        request=CollaboratorBody,
        responses={status.HTTP_201_CREATED: CollaboratorShape},
    )
    def create(self, request: Request) -> Response:
        """A new collaborator, by whoever works for an organization."""
        values = told(request.data, CollaboratorBody)
        organization = values.pop("org", None) or None
        try:
            made = create_collaborator(values=values, organization=organization, by=request.user)
        except Refusal as error:
            raise refused(error) from error
        return self.shown(made.pk, status.HTTP_201_CREATED)

    @extend_schema(summary="Tell a collaborator anew", request=CollaboratorBody)
    def update(self, request: Request, uuid: str, partial: bool = False) -> Response:
        """Other values for a collaborator."""
        collaborator = self.target()
        values = told(request.data, CollaboratorBody, partial=partial)
        organization = values.pop("org", None) or None
        try:
            update_collaborator(
                collaborator=collaborator,
                values=values,
                organization=organization,
                by=request.user,
            )
        except Refusal as error:
            raise refused(error) from error
        return self.shown(collaborator.pk)

    @extend_schema(summary="Change a collaborator", request=CollaboratorBody)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """The same; what is not told stays."""
        return self.update(request, uuid, partial=True)

    @extend_schema(summary="Delete a collaborator")
    def destroy(self, request: Request, uuid: str) -> Response:
        """No course names it any more."""
        organization = told(request.data, CollaboratorBody, partial=True).get("org") or None
        delete_collaborator(collaborator=self.target(), organization=organization, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
