"""Which roles of this service persons have, over REST."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound, PermissionDenied

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.projected import Rendered
from course_discovery.api.v1.rendered import RenderedViewSet
from course_discovery.projections.values import moment
from course_discovery.publisher.models import PublisherRoleAssignment
from course_discovery.publisher.queries.publisher_role import PastAssignment, history_of


class PastAssignmentShape(Shape):
    """What was done to an assignment."""

    at = serializers.DateTimeField()
    operation = serializers.ChoiceField(["given", "changed", "taken"])
    reason = serializers.CharField()
    by = serializers.CharField(allow_null=True, help_text="name of a user")


class PublisherRoleShape(Shape):
    """That a person has a role, since when, why, and what came before."""

    role = serializers.CharField(help_text="PUBLISHER_EDITOR")
    username = serializers.CharField()
    assigned = serializers.DateTimeField()
    reason = serializers.CharField()
    granted_by = serializers.CharField(allow_null=True, help_text="name of a user")
    history = PastAssignmentShape(many=True, help_text="the newest first")


_OPERATIONS = {"+": "given", "~": "changed", "-": "taken"}


@extend_schema_view(
    list=extend_schema(
        summary="List the roles that one has",
        parameters=[OpenApiParameter("username", str, description="those of a user; staff only")],
    )
)
class PublisherRoleViewSet(RenderedViewSet):
    """The caller's roles, or those of a user whom staff names."""

    queryset = PublisherRoleAssignment.objects.none()
    serializer_class = PublisherRoleShape
    needs_partner = False
    filter_backends = ()

    def get_queryset(self) -> QuerySet[PublisherRoleAssignment]:
        """The assignments, the first one first."""
        assignments: QuerySet[PublisherRoleAssignment] = PublisherRoleAssignment.objects.filter(
            user=self._asked_for()
        )
        return assignments

    def _asked_for(self) -> Any:
        user: Any = self.request.user
        name = self.request.query_params.get("username")
        if not name or name == user.get_username():
            return user
        if not user.is_staff:
            raise PermissionDenied("Only staff may ask for the roles of others.")
        known = None if "\x00" in name else get_user_model().objects.filter(username=name).first()
        if known is None:
            raise NotFound(f"No user with the username [{name}] exists.")
        return known

    def render(self, pks: Collection[Any]) -> dict[Any, Rendered]:
        """These assignments."""
        rows = PublisherRoleAssignment.objects.filter(pk__in=pks)
        assignments = list(rows.select_related("user", "role", "granted_by"))
        history = history_of(assignments)
        return {
            each.pk: {
                "role": each.role.name,
                "username": each.user.get_username(),
                "assigned": moment(each.created),
                "reason": each.reason,
                "granted_by": each.granted_by and each.granted_by.get_username(),
                "history": [_past(past) for past in history[each.user_id, each.role_id]],
            }
            for each in assignments
        }


def _past(past: PastAssignment) -> dict[str, Any]:
    operation = _OPERATIONS[past.change]
    return {"at": moment(past.at), "operation": operation, "reason": past.reason, "by": past.by}
