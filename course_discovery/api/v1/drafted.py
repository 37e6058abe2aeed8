"""Views of what has draft and official rows: courses and runs."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django.db.models import Model, Q, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import BrowsableAPIRenderer

from course_discovery.api.v1.edit_mode import MaySeeDrafts, edits
from course_discovery.api.v1.filters import CatalogFilterSet, StrictBooleanFilter
from course_discovery.api.v1.ordering import ColumnOrdering
from course_discovery.api.v1.projected import ProjectedViewSet, flag
from course_discovery.api.v1.write_conditions import telling_state
from course_discovery.api.v1.write_errors import ProblemNegotiation, ProblemRenderer
from course_discovery.core.rest.conditional import Validators
from course_discovery.core.rest.renderers import OrjsonRenderer
from course_discovery.course_metadata.queries.visibility.conditions import Condition, Look
from course_discovery.projections.stored import Mark
from course_discovery.publisher.queries.drafts import with_drafts_first
from course_discovery.publisher.queries.unpublished_changes import has_unpublished_changes

# What courses and runs can both be asked with.
PARAMETERS = [
    OpenApiParameter("editable", int, description="1 = drafts, and official rows without one"),
    OpenApiParameter("exclude_utm", int, description="1 = bare marketing addresses"),
    OpenApiParameter("include_restricted", str, description="restriction types of runs to show"),
    OpenApiParameter("include_deleted_programs", int, description="1 = deleted programs too"),
    OpenApiParameter("fields", str, description="only these keys, of nested runs and programs too"),
    OpenApiParameter("omit", str, description="not these keys"),
    OpenApiParameter("language_code", str, description="language of what is translated"),
]


class DraftedFilterSet(CatalogFilterSet):
    """What both can be filtered by."""

    has_unpublished_changes = StrictBooleanFilter(
        method="unpublished",
        help_text="whether the draft differs from what is published; only with `editable=1`",
    )

    def unpublished(self, queryset: QuerySet[Any], name: str, value: bool | None) -> QuerySet[Any]:
        """Drafts that differ from what is published, or those that do not."""
        if value is None or not edits(self.request):
            return queryset
        changed = has_unpublished_changes(queryset.model)
        return queryset.filter(changed if value else ~changed)


class DraftedViewSet(ProjectedViewSet):
    """Official rows of the partner; with `editable=1` what course teams see."""

    model: ClassVar[type[Model]]
    type_in_use: ClassVar[Condition]
    retired_flag: ClassVar[str]
    """The parameter that shows rows of retired types."""

    permission_classes: Sequence[Any] = (
        IsAuthenticated, NotJwtRestrictedApplication, MaySeeDrafts,
    )  # fmt: skip
    renderer_classes = (OrjsonRenderer, BrowsableAPIRenderer, ProblemRenderer)
    content_negotiation_class = ProblemNegotiation
    filter_backends = (DjangoFilterBackend, ColumnOrdering)
    lookup_field = "key"

    @property
    def editing(self) -> bool:
        """Whether the caller asks for drafts."""
        return edits(self.request)

    def get_queryset(self) -> QuerySet[Any]:
        """The rows that the caller may see, those of retired types only where asked for."""
        rows = self.drafts() if self.editing else self.official()
        rows = rows.filter(self.of_partner()).order_by("key_folded")
        if flag(self.request, self.retired_flag):
            return rows
        return rows.filter(self.type_in_use.holds(Look(self.request.moment)))

    def official(self) -> QuerySet[Any]:
        """The official rows."""
        rows: QuerySet[Any] = self.model.objects.all()  # type: ignore[attr-defined]
        return rows

    def drafts(self) -> QuerySet[Any]:
        """Drafts, and official rows without one, that the caller may see."""
        return self.seen_by_caller(with_drafts_first(self.model))

    def seen_by_caller(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the drafts that the caller may see."""
        raise NotImplementedError

    def of_partner(self) -> Q:
        """The condition that a row is the partner's."""
        return Q(partner=self.request.partner)

    def validators(self, marks: Sequence[Mark], frame: Any = None) -> Validators:
        """The validators of an answer; what is said of drafts changes without their dates."""
        found = super().validators(marks, frame)
        if not self.editing:
            return found
        undated = replace(found, last_modified=None)
        return telling_state(undated, marks[0]) if frame is None and marks else undated

    def changed(self, pks: Collection[int]) -> Collection[int]:
        """Those of the drafts that differ from what is published, by primary key."""
        if not self.editing:
            return ()
        rows = self.model.everything.filter(  # type: ignore[attr-defined]
            has_unpublished_changes(self.model)
        )
        return among(pks, rows)


def among(pks: Collection[int], rows: QuerySet[Any]) -> set[int]:
    """Those of the primary keys that are keys of the rows."""
    return set(rows.filter(pk__in=pks).values_list("pk", flat=True))
