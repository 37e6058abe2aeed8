"""Courses over REST."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.request import Request

from course_discovery.api.v1.course_run import CourseRunShape, shown_restrictions
from course_discovery.api.v1.filters import (
    CatalogFilterSet,
    FoldedListFilter,
    MomentFilter,
    UuidListFilter,
)
from course_discovery.api.v1.matching import matching
from course_discovery.api.v1.nested import (
    EntitlementShape,
    LegacyImage,
    NestedProgramShape,
    OrganizationShape,
    Shape,
    SourceShape,
    SubjectShape,
    VideoShape,
)
from course_discovery.api.v1.projected import (
    Answers,
    ProjectedViewSet,
    Rendered,
    StableOrdering,
    flag,
    public,
    uuid_or_none,
)
from course_discovery.api.v1.utm import utm_query, with_utm
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries.course import official_courses
from course_discovery.projections.course import of_runs, render_courses
from course_discovery.publisher.queries.organization import organization_keys_of
from search.documents.kinds import COURSE

COURSE_KEY = r"[^/+]+(?:/|\+)[^/]+|[0-9a-fA-F-]{32,36}"
EXTERNAL_TYPES = ("executive-education-2u", "bootcamp-2u")
# Statuses that the list can be asked for beside the ones that runs have.
IN_REVIEW, UNSUBMITTED, ARCHIVED = "in_review", "unsubmitted", "archived"


class CourseShape(Shape):
    """A course with its runs."""

    key = serializers.CharField()
    uuid = serializers.UUIDField()
    title = serializers.CharField(allow_null=True)
    course_runs = CourseRunShape(many=True)
    entitlements = EntitlementShape(many=True)
    owners = OrganizationShape(many=True)
    image = LegacyImage(allow_null=True)
    short_description = serializers.CharField(allow_null=True)
    type = serializers.UUIDField(help_text="uuid of the course type")
    url_slug = serializers.CharField(allow_null=True)
    course_type = serializers.CharField(help_text="slug of the course type")
    enterprise_subscription_inclusion = serializers.BooleanField(allow_null=True)
    excluded_from_seo = serializers.BooleanField()
    excluded_from_search = serializers.BooleanField()
    course_run_statuses = serializers.ListField(child=serializers.CharField())
    full_description = serializers.CharField(allow_null=True)
    level_type = serializers.CharField(allow_null=True)
    subjects = SubjectShape(many=True)
    prerequisites = serializers.ListField(child=serializers.DictField())
    prerequisites_raw = serializers.CharField(allow_null=True)
    expected_learning_items = serializers.ListField(child=serializers.CharField())
    video = VideoShape(allow_null=True)
    sponsors = OrganizationShape(many=True)
    modified = serializers.DateTimeField()
    marketing_url = serializers.CharField(allow_null=True)
    syllabus_raw = serializers.CharField(allow_null=True)
    outcome = serializers.CharField(allow_null=True)
    original_image = LegacyImage(allow_null=True)
    card_image_url = serializers.CharField(allow_null=True)
    canonical_course_run_key = serializers.CharField(allow_null=True)
    extra_description = serializers.DictField(allow_null=True)
    additional_information = serializers.CharField(allow_null=True)
    additional_metadata = serializers.DictField(allow_null=True)
    faq = serializers.CharField(allow_null=True)
    learner_testimonials = serializers.CharField(allow_null=True)
    enrollment_count = serializers.IntegerField()
    recent_enrollment_count = serializers.IntegerField()
    topics = serializers.ListField(child=serializers.CharField())
    key_for_reruns = serializers.CharField(allow_blank=True)
    url_slug_history = serializers.ListField(child=serializers.CharField())
    url_redirects = serializers.ListField(child=serializers.CharField())
    editors = serializers.ListField(child=serializers.DictField())
    collaborators = serializers.ListField(child=serializers.DictField())
    skill_names = serializers.ListField(child=serializers.CharField())
    skills = serializers.ListField(child=serializers.DictField())
    organization_short_code_override = serializers.CharField(allow_blank=True)
    organization_logo_override_url = serializers.CharField(allow_null=True)
    geolocation = serializers.DictField(allow_null=True)
    location_restriction = serializers.DictField(allow_null=True)
    in_year_value = serializers.DictField(allow_null=True)
    product_source = SourceShape(allow_null=True)
    data_modified_timestamp = serializers.DateTimeField(allow_null=True)
    watchers = serializers.ListField(child=serializers.CharField())
    programs = NestedProgramShape(many=True)
    course_run_keys = serializers.ListField(child=serializers.CharField())
    editable = serializers.BooleanField(help_text="whether the caller may edit it")
    advertised_course_run_uuid = serializers.UUIDField(allow_null=True)


# The keys of an answer in the order of the contract.
KEYS = tuple(CourseShape().fields)


class CourseFilters(CatalogFilterSet):
    """Filters of the course list."""

    q = django_filters.CharFilter(method="matching", help_text="a query string (Lucene grammar)")
    keys = FoldedListFilter(field_name="key_folded")
    uuids = UuidListFilter(field_name="uuid")
    timestamp = MomentFilter("data_modified_timestamp", lookup_expr="gte")
    course_type = django_filters.CharFilter(method="of_type")
    course_run_statuses = django_filters.CharFilter(method="with_statuses")

    class Meta:
        model = Course
        fields = ("q", "keys", "uuids", "timestamp", "course_type", "course_run_statuses")

    def matching(self, queryset: QuerySet[Course], name: str, value: str) -> QuerySet[Course]:
        """Rows that the query string matches, every one of them."""
        return matching(
            queryset,
            COURSE,
            value,
            partner=self.request.partner,
            restrictions=shown_restrictions(self.request),
            now=self.request.moment,
        )

    def of_type(self, queryset: QuerySet[Course], name: str, value: str) -> QuerySet[Course]:
        """Courses of a type; `open-courses` are all but the external ones."""
        if value == "open-courses":
            return queryset.exclude(type__slug__in=EXTERNAL_TYPES)
        return queryset.filter(type__slug=value)

    def with_statuses(self, queryset: QuerySet[Course], name: str, value: str) -> QuerySet[Course]:
        """Courses with a run, not hidden, in one of the statuses."""
        now = self.request.moment
        ended, unpublished = Q(end__lt=now), Q(status=CourseRunStatus.UNPUBLISHED)
        special = {
            IN_REVIEW: Q(
                status__in=[CourseRunStatus.REVIEW_BY_LEGAL, CourseRunStatus.REVIEW_BY_INTERNAL]
            ),
            UNSUBMITTED: unpublished & ~ended,
            ARCHIVED: unpublished & ended,
        }
        wanted = Q(pk__in=[])
        for status in filter(None, (each.strip() for each in value.split(","))):
            wanted |= special.get(status, Q(status=status))
        runs = CourseRun.everything.filter(wanted, course=OuterRef("pk"), hidden=False)
        return queryset.filter(Exists(runs))


FLAGS = {
    "include_hidden_course_runs": "1 = hidden runs too",
    "marketable_course_runs_only": "1 = only runs that are marketable and active",
    "marketable_enrollable_course_runs_with_archived": (
        "1 = only runs that are marketable and can be enrolled in, ended ones too"
    ),
    "published_course_runs_only": "1 = only published runs",
    "include_retired_course_types": "1 = courses of retired types too",
    "exclude_utm": "1 = bare marketing addresses",
}
PARAMETERS = [
    *(OpenApiParameter(name, int, description=text) for name, text in FLAGS.items()),
    OpenApiParameter("include_restricted", str, description="restriction types of runs to show"),
    OpenApiParameter("fields", str, description="only these keys, of nested runs too"),
    OpenApiParameter("omit", str, description="not these keys"),
]


@extend_schema_view(
    list=extend_schema(summary="List courses", parameters=PARAMETERS),
    retrieve=extend_schema(
        summary="One course by its key or uuid",
        parameters=PARAMETERS,
        examples=[
            OpenApiExample(
                "Not found",
                {"detail": "No course matches 'NorthU+PHY999'."},
                response_only=True,
                status_codes=["404"],
            )
        ],
    ),
)
class CourseViewSet(ProjectedViewSet):
    """Official courses of the partner."""

    queryset = Course.objects.none()
    serializer_class = CourseShape
    filterset_class = CourseFilters
    filter_backends = (DjangoFilterBackend, StableOrdering)
    ordering_fields = (
        "key", "title", "uuid", "modified", "enrollment_count", "recent_enrollment_count",
        "data_modified_timestamp",
    )  # fmt: skip
    lookup_field = "key"
    lookup_value_regex = COURSE_KEY

    def get_queryset(self) -> QuerySet[Course]:
        """Official courses of the partner, those of retired types only where asked for."""
        queryset = official_courses().filter(partner=self.request.partner)
        if not flag(self.request, "include_retired_course_types"):
            queryset = queryset.exclude(type__slug__in=settings.RETIRED_COURSE_TYPES)
        return queryset

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The course of this uuid, or of this key."""
        if uuid_or_none(value):
            return self.find_by_uuid(queryset, value)
        return self.find_by_key(queryset, value)

    def render(self, pks: Collection[int], now: datetime) -> dict[int, Rendered]:
        """The courses' projections."""
        return render_courses(pks, now=now, language=self.language)

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """The runs that the caller asked for, its rights, and its tracking parameters."""
        query = utm_query(self.request)
        shown = RunFilter(self.request)
        own = None if self.request.user.is_staff else organization_keys_of(self.request.user)
        return [_serve(course, shown, query, own, now) for course in rendered]


def _serve(
    course: Rendered, shown: "RunFilter", query: str, own: set[str] | None, now: datetime
) -> Rendered:
    runs = [with_utm(public(run), query) for run in course["course_runs"] if shown(run)]
    editable = own is None or any(owner["key"] in own for owner in course["owners"])
    for run in runs:
        run.pop("programs")
    served = {
        **course,
        **(of_runs(course["course_runs"], shown.restrictions, now) if shown.restrictions else {}),
        "course_runs": runs,
        "course_run_keys": [run["key"] for run in runs],
        "editable": editable,
    }
    return with_utm({key: served[key] for key in KEYS}, query)


class RunFilter:
    """Which of a course's runs a caller asked to see."""

    def __init__(self, request: Request) -> None:
        self.hidden = flag(request, "include_hidden_course_runs")
        self.marketable = flag(request, "marketable_course_runs_only")
        self.enrollable = flag(request, "marketable_enrollable_course_runs_with_archived")
        self.published = flag(request, "published_course_runs_only")
        self.restrictions = shown_restrictions(request)

    def __call__(self, run: Rendered) -> bool:
        """Whether to show this run."""
        if run["restriction_type"] and run["restriction_type"] not in self.restrictions:
            return False
        return all(
            (
                self.hidden or not run["hidden"],
                not self.marketable or (run["is_marketable"] and run["_active"]),
                not self.enrollable or (run["is_marketable"] and run["is_enrollable"]),
                not self.published or run["status"] == CourseRunStatus.PUBLISHED,
            )
        )
