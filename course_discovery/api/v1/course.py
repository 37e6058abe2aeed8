"""Courses over REST."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)

from course_discovery.api.v1.changed_since import ChangedSinceFilter
from course_discovery.api.v1.course_write import CourseWrites
from course_discovery.api.v1.drafted import (
    PARAMETERS,
    DraftedFilterSet,
    among,
)
from course_discovery.api.v1.edit_mode import edits
from course_discovery.api.v1.filters import (
    ME,
    FoldedListFilter,
    NameListFilter,
    PersonListFilter,
    UuidListFilter,
)
from course_discovery.api.v1.matching import MatchingFilter
from course_discovery.api.v1.nested_runs import FLAGS
from course_discovery.api.v1.ordering import columns, without_case
from course_discovery.api.v1.projected import Answers, Rendered, uuid_or_none
from course_discovery.api.v1.restricted import hide_restricted
from course_discovery.api.v1.shapes.course import CourseAnswer
from course_discovery.api.v1.shown_courses import ShownCourses
from course_discovery.api.v1.utm import utm_query
from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import Course, CourseEditor, CourseRun, CourseType
from course_discovery.course_metadata.queries.course_entitlement import entitlement_of_runs
from course_discovery.course_metadata.queries.run_status import STATUS_RULES
from course_discovery.course_metadata.queries.visibility.course import TYPE_IN_USE
from course_discovery.projections.course_run import facts_of_stored
from course_discovery.projections.values import price
from course_discovery.publisher.roles import (
    editable_courses,
    may_write_everything,
    readable_courses,
)
from search.documents.kinds import COURSE

COURSE_KEY = r"[^/+]+(?:/|\+)[^/]+|[0-9a-fA-F-]{32,36}"


class CourseFilters(DraftedFilterSet):
    """Filters of the course list."""

    q = MatchingFilter(COURSE)
    pubq = django_filters.CharFilter(
        method="written", help_text="a part of the key or title; only with `editable=1`"
    )
    keys = FoldedListFilter(field_name="key_folded")
    uuids = UuidListFilter(field_name="uuid")
    timestamp = ChangedSinceFilter("course")
    course_type = django_filters.CharFilter(
        method="of_type", help_text="slug of a type, or `open-courses`: all but external types"
    )
    course_run_statuses = NameListFilter(
        method="with_statuses",
        known=STATUS_RULES,
        help_text=f"comma separated, of a run that is not hidden: {', '.join(STATUS_RULES)}",
    )
    editors = PersonListFilter(
        method="of_editors",
        help_text="comma separated numbers of users; `me` = courses that the caller may edit",
    )

    class Meta:
        model = Course
        fields = (
            "q", "pubq", "keys", "uuids", "timestamp", "course_type", "course_run_statuses",
            "editors",
        )  # fmt: skip

    def written(self, queryset: QuerySet[Course], name: str, value: str) -> QuerySet[Course]:
        """Drafts that have the text in their key or title, without regard to case."""
        if not edits(self.request):
            return queryset
        return queryset.filter(Q(key_folded__contains=fold(value)) | Q(title__icontains=value))

    def of_type(self, queryset: QuerySet[Course], name: str, value: str) -> QuerySet[Course]:
        """Courses of a type; `open-courses` are all but the external ones."""
        if value == "open-courses":
            return queryset.exclude(type__slug__in=CourseType.EXTERNAL)
        return queryset.filter(type__slug=value)

    def with_statuses(
        self, queryset: QuerySet[Course], name: str, value: list[str]
    ) -> QuerySet[Course]:
        """Courses with a run, neither hidden nor restricted, in one of the statuses."""
        wanted = Q()
        for status in value:
            wanted |= STATUS_RULES[status].filter(self.request.moment)
        runs = CourseRun.everything.filter(
            wanted, hide_restricted(self.request), course=OuterRef("pk"), hidden=False
        )
        return queryset.filter(Exists(runs)) if value else queryset

    def of_editors(
        self, queryset: QuerySet[Course], name: str, value: list[int | Literal["me"]]
    ) -> QuerySet[Course]:
        """Courses that one of the persons edits; `me` means those that the caller may edit."""
        if not value:
            return queryset
        users = [each for each in value if each != ME]
        edited = CourseEditor.objects.filter(user__in=users).values("course")
        found = Q(pk__in=edited) | Q(draft_version__in=edited)
        if ME in value:
            found |= Q(pk__in=editable_courses(self.request.user, queryset).values("pk"))
        return queryset.filter(found)


COURSE_PARAMETERS = [
    *PARAMETERS,
    *(OpenApiParameter(name, int, description=text) for name, text in FLAGS.items()),
    OpenApiParameter(
        "include_retired_course_types", int, description="1 = courses of retired types too"
    ),
]


@extend_schema_view(
    list=extend_schema(summary="List courses", parameters=COURSE_PARAMETERS),
    retrieve=extend_schema(
        summary="One course by its key or uuid",
        parameters=COURSE_PARAMETERS,
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
class CourseViewSet(CourseWrites):
    """Official courses of the partner; with `editable=1` what course teams see."""

    model = Course
    projection = "course"
    sparse_inside = ("course_runs", "programs")
    queryset = Course.objects.none()
    serializer_class = CourseAnswer
    filterset_class = CourseFilters
    lookup_value_regex = COURSE_KEY
    type_in_use = TYPE_IN_USE
    retired_flag = "include_retired_course_types"
    ordering_columns = columns(
        "uuid", "short_description", "enterprise_subscription_inclusion", "excluded_from_seo",
        "excluded_from_search", "full_description", "prerequisites_raw", "modified",
        "syllabus_raw", "outcome", "card_image_url", "additional_information", "faq",
        "learner_testimonials", "enrollment_count", "recent_enrollment_count", "key_for_reruns",
        "organization_short_code_override", "data_modified_timestamp",
        key="key_folded",
        title=without_case("title"),
        type="type__uuid",
        course_type="type__slug",
        level_type="level_type__sort_value",
        product_source="product_source__slug",
        canonical_course_run_key="canonical_course_run__key_folded",
    )  # fmt: skip

    def seen_by_caller(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Drafts of the organizations that the caller works for, and those that it reviews."""
        return readable_courses(self.request.user, rows)

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The course of this uuid, or of this key."""
        found = self.find_by_uuid if uuid_or_none(value) else self.find_by_key
        return found(self.filter_queryset(queryset), value)

    def personal(self, pks: Collection[int]) -> dict[str, Any]:
        """The caller's tracking parameters, and which of the courses it may edit or publish."""
        return {
            "utm": utm_query(self.request),
            "editable": self.editable(pks),
            "changed": self.changed(pks),
        }

    def editable(self, pks: Collection[int]) -> Collection[int]:
        """Those of the courses that the caller may edit, by primary key."""
        user = self.request.user
        if may_write_everything(user):
            return pks
        return among(pks, editable_courses(user, Course.everything.all()))

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """The runs and programs that the caller asked for, and what holds for it alone."""
        shown = ShownCourses(self.request, self.caller["utm"], self.caller["editable"], now)
        answers = []
        for course in rendered:
            answer = shown.whole(course)
            if self.editing:
                answer["entitlements"] = course["entitlements"] or _offered(course, now)
                answer["has_unpublished_changes"] = course["_pk"] in self.caller["changed"]
            answers.append(answer)
        return answers


def _offered(course: Rendered, now: datetime) -> Answers:
    """The entitlement that the first write will give to a course that has none."""
    offer = entitlement_of_runs([facts_of_stored(run) for run in course["course_runs"]], now)
    if offer is None:
        return []
    return [{**offer, "price": price(offer["price"]), "sku": None, "expires": None}]
