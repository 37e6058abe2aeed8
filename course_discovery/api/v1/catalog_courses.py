"""The courses of a catalog over REST."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema

from course_discovery.api.v1.catalog_access import hidden_course_types
from course_discovery.api.v1.catalog_found import find_catalog, reader_of, require_known
from course_discovery.api.v1.projected import Answers, ProjectedViewSet, Rendered, public
from course_discovery.api.v1.restricted import hide_restricted, shown_restrictions
from course_discovery.api.v1.shapes.catalog import CatalogCourseShape
from course_discovery.api.v1.utm import caller_query, with_utm
from course_discovery.catalogs.models import Catalog
from course_discovery.catalogs.queries.members import members, rows_of
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.queries.course import official_courses
from course_discovery.course_metadata.queries.course_run import ENROLLABLE, MARKETABLE, NOT_ENDED
from course_discovery.projections.course import of_runs
from search.documents.kinds import COURSE

# The keys of an answer in the order of the contract.
KEYS = tuple(CatalogCourseShape().fields)


class CatalogCourseViewSet(ProjectedViewSet):
    """Courses that somebody can enroll in now, with the runs for that; archived ones on request."""

    queryset = Course.objects.none()
    projection = "course"
    serializer_class = CatalogCourseShape
    filter_backends = ()
    catalog: Catalog

    @extend_schema(
        operation_id="catalogs_courses_list",
        summary="The courses of a catalog that can be taken now",
        parameters=[
            OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH),
            OpenApiParameter("include_restricted", str, description="restriction types to show"),
            OpenApiParameter("fields", str, description="only these keys, of nested runs too"),
            OpenApiParameter("omit", str, description="not these keys"),
        ],
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Marketing addresses always carry the caller's tracking parameters."""
        self.catalog = find_catalog(request.user, self.kwargs["id"])
        require_known(self.catalog, COURSE, self.request.moment)
        return super().list(request, *args, **kwargs)

    def unchanged(self, *, dated: bool) -> HttpResponseBase | None:
        """Never: members change after the change that they follow from."""
        return None

    def get_queryset(self) -> QuerySet[Course]:
        """The members; only those that can be taken now, unless the catalog has archived ones."""
        found = members(self.catalog, COURSE, reader_of(self.request))
        courses = official_courses().filter(partner=self.request.partner, pk__in=rows_of(found))
        hidden = hidden_course_types(self.request)
        if hidden:
            courses = courses.exclude(type__slug__in=hidden)
        if self.catalog.include_archived:
            return courses
        now = self.request.moment
        runs = CourseRun.objects.filter(
            ENROLLABLE.filter(now) & NOT_ENDED.filter(now) & MARKETABLE.filter(now),
            hide_restricted(self.request),
            course=OuterRef("pk"),
        )
        return courses.filter(Exists(runs))

    def personal(self, pks: Collection[int]) -> dict[str, Any]:
        """The caller's tracking parameters, and how the catalog shows runs."""
        return {
            "utm": caller_query(self.request),
            "archived": self.catalog.include_archived,
            "lms": self.request.partner.lms_url,
        }

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """The courses with the runs that the catalog shows."""
        return [self._served_course(course, now) for course in rendered]

    def _served_course(self, course: Rendered, now: datetime) -> Rendered:
        relaxed = shown_restrictions(self.request)
        runs = [run for run in course["course_runs"] if self._shows(run, relaxed)]
        whole = {
            **course,
            **(of_runs(course["course_runs"], relaxed, now) if relaxed else {}),
            "course_runs": [self._run(run, now) for run in runs],
        }
        return with_utm({key: whole[key] for key in KEYS}, self.caller["utm"])

    def _shows(self, run: Rendered, relaxed: Collection[str]) -> bool:
        if run["restriction_type"] and run["restriction_type"] not in relaxed:
            return False
        if self.catalog.include_archived:
            return True
        return bool(run["_active"] and run["is_enrollable"] and run["is_marketable"])

    def _run(self, run: Rendered, now: datetime) -> Rendered:
        """A run as it is served; one that is over is led to where its material is."""
        served = public(run)
        served.pop("programs")
        lms = self.request.partner.lms_url
        over = run["end"] is not None and datetime.fromisoformat(run["end"]) < now
        if self.catalog.include_archived and over and lms:
            address = f"{lms.rstrip('/')}/courses/{run['key']}/course/"
            return {**served, "marketing_url": address}
        return with_utm(served, self.caller["utm"])
