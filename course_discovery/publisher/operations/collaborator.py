"""Who makes courses together with their authors, as persons write them."""

from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.utils.translation import gettext as _

from course_discovery.course_metadata.models import Collaborator
from course_discovery.course_metadata.operations.collaborator import (
    create_or_update_collaborator,
)
from course_discovery.course_metadata.operations.running import operation
from course_discovery.publisher.roles import may_write_collaborators


class CollaboratorValues(TypedDict, total=False):
    """What may be told of a collaborator; an image of None takes the stored one away."""

    name: str
    image: File[bytes] | None


@operation
def create_collaborator(
    *, values: CollaboratorValues, organization: str | None = None, by: Any
) -> Collaborator:
    """A new collaborator, for the organization of the key where one is told.

    Raises PermissionDenied, UnfitValue.
    """
    _require(by, organization)
    return create_or_update_collaborator(**values).row


@operation
def update_collaborator(
    *,
    collaborator: Collaborator,
    values: CollaboratorValues,
    organization: str | None = None,
    by: Any,
) -> Collaborator:
    """Change what is told of a collaborator. Raises PermissionDenied, UnfitValue."""
    _require(by, organization)
    return create_or_update_collaborator(uuid=collaborator.uuid, **values).row


@operation
def delete_collaborator(
    *, collaborator: Collaborator, organization: str | None = None, by: Any
) -> None:
    """Delete a collaborator, who is named by no course any more. Raises PermissionDenied."""
    _require(by, organization)
    collaborator.delete()


def _require(user: Any, organization: str | None) -> None:
    if not may_write_collaborators(user, organization):
        raise PermissionDenied(_("Only who works for the organization may do this."))
