"""Renaming users, for the platform's worker."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework import serializers
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.writing import told
from course_discovery.core.operations.username import Renaming, replace_usernames
from course_discovery.core.rest.authentication import PlatformTokens

MOST = 1000


class RenamingField(serializers.DictField):
    """One old user name, and the new one: `{old: new}`."""

    default_error_messages = {"one": "Must be an object of one old name and its new one."}

    def to_internal_value(self, data: Any) -> Any:
        """Both names."""
        pairs = list(super().to_internal_value(data).items())
        if len(pairs) != 1:
            self.fail("one")
        return pairs[0]


class ReplaceUsernamesBody(Shape):
    """Whom to rename."""

    username_mappings = serializers.ListField(
        child=RenamingField(child=serializers.CharField(max_length=1000)), max_length=MOST
    )


class ReplacedUsernamesShape(Shape):
    """Whom the worker need not ask about again, and whom it may."""

    successful_replacements = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField())
    )
    failed_replacements = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField())
    )


class IsUsernameReplacementWorker(BasePermission):
    """The one account that may do this."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller is that account, where the settings name one."""
        worker = settings.USERNAME_REPLACEMENT_WORKER
        return bool(worker) and request.user.get_username() == worker


class ReplaceUsernamesView(APIView):
    """Renames users."""

    # The worker comes with a token; sessions and passwords are for people.
    authentication_classes = (PlatformTokens,)
    permission_classes = (
        IsAuthenticated, NotJwtRestrictedApplication, IsUsernameReplacementWorker,
    )  # fmt: skip

    @extend_schema(
        summary="Rename users; the platform's worker only",
        request=ReplaceUsernamesBody,
        responses=ReplacedUsernamesShape,
    )
    def post(self, request: Request) -> Response:
        """Each by itself; who is not known here counts as renamed."""
        renamings = told(request.data, ReplaceUsernamesBody)["username_mappings"]
        renamed = replace_usernames(renamings=renamings)
        return Response(
            {
                "successful_replacements": _as_told(renamed.done),
                "failed_replacements": _as_told(renamed.failed),
            }
        )


def _as_told(renamings: list[Renaming]) -> list[dict[str, str]]:
    return [{old: new} for old, new in renamings]
