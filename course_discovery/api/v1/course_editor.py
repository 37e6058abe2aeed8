"""Editors of courses over REST."""

from collections.abc import Collection
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.filters import CatalogFilterSet
from course_discovery.api.v1.projected import Rendered
from course_discovery.api.v1.rendered import RenderedViewSet
from course_discovery.api.v1.shapes.course_editor import CourseEditorBody, CourseEditorShape
from course_discovery.api.v1.writing import refused, told
from course_discovery.core.rest.pagination import NewestFirstPagination
from course_discovery.core.rest.request import CatalogRequest
from course_discovery.course_metadata.models import Course, CourseEditor
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.projections.course_editor import render_course_editors
from course_discovery.publisher.operations.course_editor import (
    add_course_editor,
    remove_course_editor,
)
from course_discovery.publisher.queries.course_editor import visible_course_editors
from course_discovery.publisher.queries.drafts import with_drafts_first


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

    http_method_names = ("get", "head", "options", "post", "delete")
    queryset = CourseEditor.objects.none()
    serializer_class = CourseEditorShape
    filterset_class = CourseEditorFilters
    pagination_class = NewestFirstPagination
    permission_classes = (IsAuthenticatedOrReadOnly, NotJwtRestrictedApplication)
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

    @extend_schema(
        summary="Let somebody edit a course",
        request=CourseEditorBody,
        responses={status.HTTP_201_CREATED: CourseEditorShape},
    )
    def create(self, request: Request) -> Response:
        """A new editor: somebody who works for an author of the course."""
        values = told(request.data, CourseEditorBody)
        course = self._course(values["course"])
        try:
            editor = add_course_editor(
                course=course, user=self._user(values.get("user_id")), by=request.user
            )
        except Refusal as error:
            raise refused(error) from error
        return Response(self.render([editor.pk])[editor.pk], status.HTTP_201_CREATED)

    @extend_schema(summary="Let somebody edit a course no more")
    def destroy(self, request: CatalogRequest, pk: str) -> Response:
        """The editor is gone; the course's own editors may do this."""
        # Editors of one course may work for different organizations and not see each other.
        editor = CourseEditor.objects.filter(course__partner=request.partner, pk=pk).first()
        if editor is None:
            raise self.missing(pk)
        try:
            remove_course_editor(editor=editor, by=request.user)
        except PermissionDenied:
            if self.get_queryset().filter(pk=pk).exists():
                raise
            raise self.missing(pk) from None
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _course(self, uuid: Any) -> Course:
        courses = with_drafts_first(Course).filter(partner=self.request.partner)
        course: Course | None = courses.filter(uuid=uuid).first()
        if course is None:
            raise NotFound(f"No course matches {str(uuid)!r}.")
        return course

    def _user(self, pk: int | None) -> Any:
        if pk is None:
            return self.request.user
        user = get_user_model().objects.filter(pk=pk).first()
        if user is None:
            raise NotFound(f"No user matches {pk}.")
        return user
