"""Who works for organizations, over REST."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from course_discovery.api.publisher.access import PERMISSIONS, organization_named
from course_discovery.api.v1.projected import Rendered
from course_discovery.api.v1.rendered import RenderedViewSet
from course_discovery.api.v1.shapes.course_editor import EditingUserShape
from course_discovery.core.models import User
from course_discovery.core.rest.pagination import LongFixedPagePagination, PagePagination
from course_discovery.projections.group_user import render_users
from course_discovery.publisher.models import OrganizationExtension
from course_discovery.publisher.queries.organization_user import colleagues_of, members_of


class _UserViewSet(RenderedViewSet):
    queryset = User.objects.none()
    serializer_class = EditingUserShape
    permission_classes = PERMISSIONS
    filter_backends = ()

    def render(self, pks: Collection[Any]) -> dict[Any, Rendered]:
        """These users."""
        return render_users(pks)


@extend_schema_view(list=extend_schema(summary="List one's colleagues", operation_id="colleagues"))
class ColleagueViewSet(_UserViewSet):
    """Users who share an organization with the caller, by name; for staff all of the partner's."""

    pagination_class = PagePagination

    def get_queryset(self) -> QuerySet[User]:
        """The colleagues."""
        return colleagues_of(self.request.user, self.request.partner)


@extend_schema_view(list=extend_schema(summary="List who works for an organization"))
class OrganizationUserViewSet(_UserViewSet):
    """Users in the organization's group, by name."""

    pagination_class = LongFixedPagePagination

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One page. Raises Http404 for an organization without a group."""
        self.organization = organization_named(self.request, kwargs["organization"])
        if not OrganizationExtension.objects.filter(organization=self.organization).exists():
            raise Http404("The organization has no group.")
        return super().list(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[User]:
        """The members."""
        return members_of(self.organization)
