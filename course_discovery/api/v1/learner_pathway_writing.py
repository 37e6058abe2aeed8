"""Writing learner pathways over REST: whole pathways, with their steps and nodes."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.shapes.learner_pathway import LearnerPathwayShape
from course_discovery.api.v1.shapes.learner_pathway_body import LearnerPathwayBody
from course_discovery.api.v1.writing import WritableViewSet, refused, told
from course_discovery.course_metadata.operations.running import Refusal
from learner_pathway.operations.learner_pathway import (
    create_or_update_learner_pathway,
    delete_learner_pathway,
)

_PICTURES = ("banner_image", "card_image")


class StaffWrites(BasePermission):
    """Everybody reads, staff writes."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the caller reads, or is staff."""
        return request.method in SAFE_METHODS or bool(request.user.is_staff)


class LearnerPathwayWriting(WritableViewSet):
    """The verbs that change pathways."""

    @extend_schema(
        summary="Create a learner pathway",
        request=LearnerPathwayBody,
        responses={status.HTTP_201_CREATED: LearnerPathwayShape},
    )
    def create(self, request: Request) -> Response:
        """A new pathway of the site's partner; inactive, unless its status is told."""
        body = told(request.data, LearnerPathwayBody)
        partner = request._request.partner  # type: ignore[attr-defined] # by the middleware
        pk = _store(body, partner=partner or None)
        return self.shown(pk, status.HTTP_201_CREATED)

    @extend_schema(summary="Tell a learner pathway anew", request=LearnerPathwayBody)
    def update(self, request: Request, uuid: str, partial: bool = False) -> Response:
        """Other values for a pathway; steps and scopes that are not told go."""
        pathway = self.target()
        body = told(request.data, LearnerPathwayBody, partial=partial)
        if not partial:
            body = {"steps": [], "scopes": [], **body}
        return self.shown(_store(body, uuid=pathway.uuid))

    @extend_schema(summary="Change a learner pathway", request=LearnerPathwayBody)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """The same; what is not told stays."""
        return self.update(request, uuid, partial=True)

    @extend_schema(summary="Delete a learner pathway")
    def destroy(self, request: Request, uuid: str) -> Response:
        """It is gone with its steps and nodes."""
        try:
            delete_learner_pathway(uuid=self.target().uuid)
        except Refusal as error:
            raise self.missing(uuid) from error
        return Response(status=status.HTTP_204_NO_CONTENT)


def _store(body: dict[str, Any], *, uuid: Any = None, **values: Any) -> int:
    """Store what a body tells; the primary key. Raises ValidationError for what is refused."""
    pictures = {name: body.pop(name) for name in _PICTURES if name in body}
    lists = {name: body.pop(name) for name in ("steps", "scopes") if name in body}
    told_values: Any = {**body, **values}
    try:
        written = create_or_update_learner_pathway(
            uuid=uuid, values=told_values, pictures=pictures, **lists
        )
    except Refusal as error:
        raise refused(error) from error
    return written.row.pk
