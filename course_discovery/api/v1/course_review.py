"""Survey results of courses over REST."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from course_discovery.api.v1.projected import Rendered
from course_discovery.api.v1.rendered import RenderedViewSet
from course_discovery.api.v1.shapes.course_review import CourseReviewShape
from course_discovery.core.rest.pagination import PagePagination
from course_discovery.course_metadata.models import CourseReview
from course_discovery.projections.course_review import render_course_reviews


@extend_schema_view(
    list=extend_schema(summary="List survey results of courses"),
    retrieve=extend_schema(summary="Survey results of one course by its key"),
)
class CourseReviewViewSet(RenderedViewSet):
    """Survey results, by course key; they belong to no partner."""

    queryset = CourseReview.objects.all()
    serializer_class = CourseReviewShape
    pagination_class = PagePagination
    needs_partner = False
    lookup_field = "course_key"
    lookup_value_regex = r"[^/]+(?:/[^/]+)?"

    def find(self, queryset: QuerySet[Any], value: str) -> Any:
        """The course key as it is stored; case does not matter."""
        # The same key first, should two differ by case only.
        for look_up in ("exact", "iexact"):
            found = queryset.filter(**{f"course_key__{look_up}": value})
            if (key := found.values_list("pk", flat=True).first()) is not None:
                return key
        raise self.missing(value)

    def render(self, pks: Collection[Any]) -> dict[Any, Rendered]:
        """The reviews of these courses."""
        return render_course_reviews(pks)
