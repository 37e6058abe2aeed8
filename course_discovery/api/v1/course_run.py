"""Course runs over REST."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.request import Request

from course_discovery.api.v1.filters import CatalogFilterSet, FoldedListFilter, StrictBooleanFilter
from course_discovery.api.v1.matching import matching
from course_discovery.api.v1.nested import (
    LegacyImage,
    NestedProgramShape,
    SeatShape,
    Shape,
    VideoShape,
)
from course_discovery.api.v1.projected import (
    Answers,
    ProjectedViewSet,
    Rendered,
    StableOrdering,
    flag,
    names,
    public,
)
from course_discovery.api.v1.utm import utm_query, with_utm
from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries.course_run import ACTIVE, MARKETABLE, official_runs
from course_discovery.projections.course_run import render_course_runs
from search.documents.kinds import COURSE_RUN

RUN_KEY = r"[^/+]+(?:/|\+)[^/+]+(?:/|\+)[^/]+"


class CourseRunMinShape(Shape):
    """A run inside programs."""

    key = serializers.CharField()
    uuid = serializers.UUIDField()
    title = serializers.CharField(allow_null=True)
    external_key = serializers.CharField(allow_null=True)
    fixed_price_usd = serializers.CharField(allow_null=True)
    image = LegacyImage(allow_null=True)
    short_description = serializers.CharField(allow_null=True)
    marketing_url = serializers.CharField(allow_null=True)
    seats = SeatShape(many=True)
    start = serializers.DateTimeField(allow_null=True)
    end = serializers.DateTimeField(allow_null=True)
    go_live_date = serializers.DateTimeField(allow_null=True)
    enrollment_start = serializers.DateTimeField(allow_null=True)
    enrollment_end = serializers.DateTimeField(allow_null=True)
    weeks_to_complete = serializers.IntegerField(allow_null=True)
    pacing_type = serializers.CharField(allow_null=True)
    type = serializers.CharField(allow_null=True, help_text="the seat type it is called after")
    restriction_type = serializers.CharField(allow_null=True)
    run_type = serializers.UUIDField(help_text="uuid of the course run type")
    status = serializers.ChoiceField(CourseRunStatus.choices)
    is_enrollable = serializers.BooleanField()
    is_marketable = serializers.BooleanField()
    is_marketable_external = serializers.BooleanField()
    availability = serializers.CharField(help_text="Archived, Current, Starting Soon or Upcoming")
    variant_id = serializers.UUIDField(allow_null=True)


class CourseRunShape(CourseRunMinShape):
    """A run inside courses."""

    course = serializers.CharField(help_text="key of the course")
    full_description = serializers.CharField(allow_null=True)
    announcement = serializers.DateTimeField(allow_null=True)
    video = VideoShape(allow_null=True)
    content_language = serializers.CharField(allow_null=True)
    license = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField(allow_null=True)
    transcript_languages = serializers.ListField(child=serializers.CharField())
    instructors = serializers.ListField(child=serializers.DictField(), help_text="always []")
    staff = serializers.ListField(child=serializers.DictField())
    min_effort = serializers.IntegerField(allow_null=True)
    max_effort = serializers.IntegerField(allow_null=True)
    modified = serializers.DateTimeField()
    level_type = serializers.CharField(allow_null=True)
    mobile_available = serializers.BooleanField()
    hidden = serializers.BooleanField()
    reporting_type = serializers.CharField()
    eligible_for_financial_aid = serializers.BooleanField()
    first_enrollable_paid_seat_price = serializers.IntegerField(allow_null=True)
    has_ofac_restrictions = serializers.BooleanField(allow_null=True)
    ofac_comment = serializers.CharField(allow_blank=True)
    enrollment_count = serializers.IntegerField()
    recent_enrollment_count = serializers.IntegerField()
    expected_program_type = serializers.CharField(allow_null=True)
    expected_program_name = serializers.CharField(allow_blank=True)
    course_uuid = serializers.UUIDField()
    estimated_hours = serializers.FloatField()
    content_language_search_facet_name = serializers.CharField(allow_null=True)
    enterprise_subscription_inclusion = serializers.BooleanField()
    transcript_languages_search_facet_names = serializers.ListField(child=serializers.CharField())
    ai_languages = serializers.DictField(allow_null=True)


class CourseRunFullShape(CourseRunShape):
    """A run by itself."""

    programs = NestedProgramShape(many=True)


class CourseRunFilters(CatalogFilterSet):
    """Filters of the run list."""

    q = django_filters.CharFilter(method="matching", help_text="a query string (Lucene grammar)")
    keys = FoldedListFilter(field_name="key_folded")
    license = django_filters.CharFilter(lookup_expr="iexact")
    hidden = StrictBooleanFilter(field_name="hidden")
    active = StrictBooleanFilter(method="only_active")
    marketable = StrictBooleanFilter(method="only_marketable")

    class Meta:
        model = CourseRun
        fields = ("q", "keys", "license", "hidden", "active", "marketable")

    def matching(self, queryset: QuerySet[CourseRun], name: str, value: str) -> QuerySet[CourseRun]:
        """Rows that the query string matches, every one of them."""
        return matching(
            queryset,
            COURSE_RUN,
            value,
            partner=self.request.partner,
            restrictions=shown_restrictions(self.request),
            now=self.request.moment,
        )

    def only_active(
        self, queryset: QuerySet[CourseRun], name: str, value: bool | None
    ) -> QuerySet[CourseRun]:
        """Runs that neither ended nor closed; false asks for no filter."""
        return queryset.filter(ACTIVE.filter(self.now)) if value else queryset

    def only_marketable(
        self, queryset: QuerySet[CourseRun], name: str, value: bool | None
    ) -> QuerySet[CourseRun]:
        """Runs that may be shown to buyers; false asks for no filter."""
        return queryset.filter(MARKETABLE.filter(self.now)) if value else queryset

    @property
    def now(self) -> datetime:
        """The moment of the request."""
        return self.request.moment


def shown_restrictions(request: Request) -> set[str]:
    """The restriction types whose runs the caller asks to see."""
    return names(request, "include_restricted")


def hide_restricted(request: Request) -> Q:
    """Runs that are not restricted, or in a way that the caller asks to see."""
    shown = shown_restrictions(request)
    return Q(restricted_run__isnull=True) | Q(restricted_run__restriction_type__in=shown)


@extend_schema_view(
    list=extend_schema(
        summary="List course runs",
        parameters=[
            OpenApiParameter("include_restricted", str, description="restriction types to show"),
            OpenApiParameter("include_retired_run_types", int, description="1 = show them too"),
            OpenApiParameter("exclude_utm", int, description="1 = bare marketing addresses"),
            OpenApiParameter("fields", str, description="only these keys"),
            OpenApiParameter("omit", str, description="not these keys"),
        ],
    ),
    retrieve=extend_schema(
        summary="One course run by its key",
        examples=[
            OpenApiExample(
                "Not found",
                {"detail": "No course run matches 'course-v1:a+b+c'."},
                response_only=True,
                status_codes=["404"],
            )
        ],
    ),
)
class CourseRunViewSet(ProjectedViewSet):
    """Official course runs of the partner."""

    queryset = CourseRun.objects.none()
    serializer_class = CourseRunFullShape
    filterset_class = CourseRunFilters
    filter_backends = (DjangoFilterBackend, StableOrdering)
    ordering_fields = ("start",)
    lookup_field = "key"
    lookup_value_regex = RUN_KEY

    def get_queryset(self) -> QuerySet[CourseRun]:
        """Official runs of the partner that the caller may see."""
        queryset = official_runs().filter(
            hide_restricted(self.request), course__partner=self.request.partner
        )
        if not flag(self.request, "include_retired_run_types"):
            queryset = queryset.exclude(type__slug__in=settings.RETIRED_RUN_TYPES)
        return queryset

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The run of this key."""
        return self.find_by_key(queryset, value)

    def render(self, pks: Collection[int], now: datetime) -> dict[int, Rendered]:
        """The runs' projections."""
        return render_course_runs(pks, now=now, language=self.language)

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """Public keys, and the caller's tracking parameters."""
        query = utm_query(self.request)
        return [with_utm(public(run), query) for run in rendered]
