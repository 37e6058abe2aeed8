"""Editors of courses over REST."""

from collections.abc import Collection
from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework.permissions import AllowAny

from course_discovery.api.v1.filters import CatalogFilterSet
from course_discovery.api.v1.projected import Rendered
from course_discovery.api.v1.rendered import RenderedViewSet
from course_discovery.api.v1.shapes.course_editor import CourseEditorShape
from course_discovery.core.rest.pagination import NewestFirstPagination
from course_discovery.course_metadata.models import CourseEditor
from course_discovery.projections.course_editor import render_course_editors
from course_discovery.publisher.queries.course_editor import visible_course_editors


class CourseEditorFilters(CatalogFilterSet):
    """Filters of the list of editors."""

    course = django_filters.UUIDFilter(field_name="course__uuid", help_text="uuid of the course")

    class Meta:
        model = CourseEditor
        fields = ("course",)


@extend_schema_view(
    list=extend_schema(summary="List editors of courses"),
    retrieve=extend_schema(summary="One editor of a course by id"),
)
class CourseEditorViewSet(RenderedViewSet):
    """Editors, the newest first: for staff all, for others those of their organizations."""

    queryset = CourseEditor.objects.none()
    serializer_class = CourseEditorShape
    filterset_class = CourseEditorFilters
    pagination_class = NewestFirstPagination
    permission_classes = (AllowAny, NotJwtRestrictedApplication)
    lookup_field = "pk"
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[CourseEditor]:
        """The editors that the caller may see."""
        return visible_course_editors(self.request.user).filter(
            course__partner=self.request.partner
        )

    def render(self, pks: Collection[Any]) -> dict[Any, Rendered]:
        """These editors."""
        return render_course_editors(pks)
