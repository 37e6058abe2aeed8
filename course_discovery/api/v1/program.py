"""Programs over REST."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAdminUser, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.changed_since import ChangedSinceFilter
from course_discovery.api.v1.filters import (
    CatalogFilterSet,
    RepeatedFilter,
    StrictBooleanFilter,
    UuidListFilter,
    parts_of,
)
from course_discovery.api.v1.matching import MatchingFilter
from course_discovery.api.v1.ordering import ColumnOrdering, columns, without_case
from course_discovery.api.v1.organization import UUID
from course_discovery.api.v1.projected import Answers, ProjectedViewSet, Rendered, flag
from course_discovery.api.v1.shapes.program import (
    CardImageBody,
    ProgramExtendedShape,
    ProgramMinShape,
    ProgramShape,
)
from course_discovery.api.v1.shown_programs import (
    EXCLUDE_UTM,
    RESTRICTED,
    ShownPrograms,
    nested_run_pks,
)
from course_discovery.api.v1.utm import utm_query
from course_discovery.core.fields import fold
from course_discovery.core.rest.conditional import Validators
from course_discovery.course_metadata.models import Program
from course_discovery.course_metadata.models.program import ProgramStatus
from course_discovery.course_metadata.operations.program_card import set_program_card_image
from course_discovery.course_metadata.queries.program import (
    MARKETABLE,
    of_type_named,
    programs_of,
)
from course_discovery.projections.stored import Mark, Stored, read
from search.documents.kinds import PROGRAM

# The keys of answers in the order of the contract.
KEYS = tuple(ProgramShape().fields)
_EXTENDED = tuple(ProgramExtendedShape().fields)


class ProgramFilters(CatalogFilterSet):
    """Filters of the program list."""

    q = MatchingFilter(PROGRAM, drafted=False)
    marketable = StrictBooleanFilter(
        method="only_marketable", help_text="true = may be shown to buyers; false = no filter"
    )
    status = RepeatedFilter(
        method="with_status", help_text=f"repeat it: {', '.join(ProgramStatus.values)}"
    )
    type = django_filters.CharFilter(
        method="of_type", help_text="name of a program type in any language; case does not matter"
    )
    types = django_filters.CharFilter(
        method="of_types", help_text="comma separated slugs of program types"
    )
    uuids = UuidListFilter(field_name="uuid")
    hidden = StrictBooleanFilter(field_name="hidden")
    marketing_slug = django_filters.CharFilter(method="with_slug")
    timestamp = ChangedSinceFilter("program")

    class Meta:
        model = Program
        fields = (
            "q", "marketable", "status", "type", "types", "uuids", "hidden", "marketing_slug",
            "timestamp",
        )  # fmt: skip

    def only_marketable(
        self, queryset: QuerySet[Program], name: str, value: bool | None
    ) -> QuerySet[Program]:
        """Programs that may be shown to buyers; false asks for no filter."""
        return queryset.filter(MARKETABLE) if value else queryset

    def with_status(
        self, queryset: QuerySet[Program], name: str, value: list[str]
    ) -> QuerySet[Program]:
        """Programs in one of the statuses.

        Raises ValidationError naming the one that there is not.
        """
        wanted = [each for each in value if each]
        for each in wanted:
            if each not in ProgramStatus.values:
                known = ", ".join(ProgramStatus.values)
                raise ValidationError({name: [f"{each!r} is none of {known}."]})
        return queryset.filter(status__in=wanted) if wanted else queryset

    def of_type(self, queryset: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Programs whose type has the name."""
        return queryset.filter(of_type_named(value))

    def of_types(self, queryset: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """Programs of one of the types."""
        return queryset.filter(type__slug__in=parts_of(value))

    def with_slug(self, queryset: QuerySet[Program], name: str, value: str) -> QuerySet[Program]:
        """The program of this slug, without regard to case."""
        return queryset.filter(marketing_slug_folded=fold(value))


PARAMETERS = [
    EXCLUDE_UTM,
    RESTRICTED,
    OpenApiParameter(
        "use_full_course_serializer", int, description="1 = runs with everything they have"
    ),
    OpenApiParameter("published_course_runs_only", int, description="1 = only published runs"),
    OpenApiParameter(
        "marketable_enrollable_course_runs_with_archived",
        int,
        description="1 = only runs that are marketable and can be enrolled in, ended ones too",
    ),
    OpenApiParameter("fields", str, description="only these keys, of courses and runs inside too"),
    OpenApiParameter("omit", str, description="not these keys"),
]


@extend_schema_view(
    list=extend_schema(
        summary="List programs",
        parameters=[
            *PARAMETERS,
            OpenApiParameter(
                "extended", str, description="any text: with learning items and prices"
            ),
            OpenApiParameter(
                "uuids_only", int, description="1 = a bare list of all uuids, in one page"
            ),
        ],
        responses=ProgramMinShape,
    ),
    retrieve=extend_schema(summary="One program by its uuid", parameters=PARAMETERS),
)
class ProgramViewSet(ProjectedViewSet):
    """Programs of the partner, whatever their status; degrees are among them."""

    http_method_names = ("get", "head", "options", "post")
    projection = "program"
    queryset = Program.objects.none()
    serializer_class = ProgramShape
    filterset_class = ProgramFilters
    permission_classes = (IsAuthenticated, NotJwtRestrictedApplication)
    filter_backends: Sequence[Any] = (DjangoFilterBackend, ColumnOrdering)
    lookup_field = "uuid"
    lookup_value_regex = UUID
    sparse_inside = ("courses", "course_runs", "programs")
    ordering_columns = columns(
        "uuid", "subtitle", "status", "hidden", "marketing_hook", "total_hours_of_effort",
        "recent_enrollment_count", "organization_short_code_override",
        "program_duration_override", "data_modified_timestamp", "excluded_from_search",
        "excluded_from_seo", "has_ofac_restrictions", "ofac_comment",
        title=without_case("title"),
        type="type__name",
        marketing_slug="marketing_slug_folded",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[Program]:
        """The programs of the partner."""
        return programs_of(self.request.partner)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One page; with `uuids_only` the uuids of all pages."""
        if flag(request, "uuids_only"):
            programs = self.filter_queryset(self.get_queryset())
            return Response([str(uuid) for uuid in programs.values_list("uuid", flat=True)])
        return super().list(request, *args, **kwargs)

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The program of this uuid, of any partner."""
        return self.find_by_uuid(Program.objects.all(), value)

    def personal(self, pks: Collection[int]) -> dict[str, Any]:
        """The caller's tracking parameters, and the whole runs that it asks for."""
        self.runs: dict[int, Stored] | None = None
        if flag(self.request, "use_full_course_serializer"):
            programs = [row.data for row in self.stored(tuple(pks))]
            wanted = tuple(nested_run_pks(programs))
            now, language = self.request.moment, self.language
            self.runs = read("course_run", wanted, now=now, language=language)
        return {"utm": utm_query(self.request)}

    def validators(self, marks: Sequence[Mark], frame: Any = None) -> Validators:
        """The validators of an answer; runs that are shown as a whole count too."""
        runs = [] if self.runs is None else [row.mark for row in self.runs.values()]
        return super().validators([*marks, *runs], frame)

    def full_runs(self) -> dict[int, Rendered] | None:
        """The whole runs by primary key, None where the caller did not ask for them."""
        return None if self.runs is None else {pk: row.data for pk, row in self.runs.items()}

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """The runs that the caller asked for, with its tracking parameters."""
        shown = ShownPrograms(self.request, self.caller["utm"], self.full_runs())
        if self.action == "retrieve":
            return [shown.whole(each, KEYS) for each in rendered]
        if self.request.query_params.get("extended"):
            return [shown.minimal(each, _EXTENDED) for each in rendered]
        return [shown.minimal(each) for each in rendered]

    @extend_schema(
        summary="Give the card of a program another picture",
        request=CardImageBody,
        responses={(200, "application/json"): {"type": "string"}},
    )
    @action(
        detail=True,
        methods=["post"],
        permission_classes=(IsAuthenticated, NotJwtRestrictedApplication, IsAdminUser),
    )
    def update_card_image(self, request: Request, uuid: str) -> Response:
        """Says so in a text."""
        body = CardImageBody(data=request.data)
        image = body.validated_data.get("image") if body.is_valid() else None
        if image is None:
            return Response("Bad image data in request", status.HTTP_400_BAD_REQUEST)
        program = Program.objects.get(pk=self.find(self.get_queryset(), uuid))
        set_program_card_image(program=program, image=image, now=self.request.moment)
        return Response(
            f"Successfully updated program card image for program {program.uuid}: {program.title}"
        )
