"""Views of small resources, rendered when they are asked for."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.response import Response

from course_discovery.api.v1.projected import Answers, ProjectedViewSet, Rendered, sparse
from course_discovery.core.rest.conditional import (
    Validators,
    conditional_answer,
    entity_tag,
    validated,
)


class RenderedViewSet(ProjectedViewSet):
    """A read-only resource of few columns; nothing of it is stored."""

    def render(self, pks: Collection[Any]) -> dict[Any, Rendered]:
        """What readers see of these rows, by primary key."""
        raise NotImplementedError

    def answer(
        self, pks: Sequence[Any], fill: Callable[[Answers], Response], frame: Any = None
    ) -> HttpResponseBase:
        """What `fill` makes of these rows, unless the client has that already."""
        rendered = self.render(pks)
        response = fill(sparse([rendered[pk] for pk in pks if pk in rendered], self.request))
        if self.request.accepted_renderer.format != "json":
            return response
        validators = Validators(entity_tag(self.request, response.data))
        early = conditional_answer(self.request, validators, dated=False)
        return early or validated(response, validators, self.request.moment)
