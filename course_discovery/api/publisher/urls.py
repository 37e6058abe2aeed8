"""Addresses of the publisher's front end; each works with and without a final slash."""

from django.urls import re_path

from course_discovery.api.publisher.organization_user import (
    ColleagueViewSet,
    OrganizationUserViewSet,
)
from course_discovery.api.publisher.organization_user_role import OrganizationUserRoleViewSet

_ORGANIZATION = "(?P<organization>[0-9]+|[0-9a-fA-F-]+)"

app_name = "publisher_api"
urlpatterns = [
    re_path(
        "^admins/organizations/users/?$",
        ColleagueViewSet.as_view({"get": "list"}),
        name="colleagues",
    ),
    re_path(
        f"^admins/organizations/{_ORGANIZATION}/users/?$",
        OrganizationUserViewSet.as_view({"get": "list"}),
        name="organization_users",
    ),
    re_path(
        f"^admins/organizations/{_ORGANIZATION}/roles/?$",
        OrganizationUserRoleViewSet.as_view({"get": "list"}),
        name="organization_roles",
    ),
]
