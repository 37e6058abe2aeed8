"""Why something is shown or not, and by which part of a query it is found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from edx_rest_framework_extensions.permissions import NotJwtRestrictedApplication
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.catalog_found import catalog_numbered
from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.projected import uuid_or_none
from course_discovery.api.v1.restricted import shown_restrictions
from course_discovery.catalogs.models import Catalog
from course_discovery.catalogs.queries.permission import may
from course_discovery.core.fields import fold
from course_discovery.core.rest.request import CatalogView
from course_discovery.course_metadata.models import Course, CourseRun, Program
from course_discovery.course_metadata.queries.visibility import course, course_run, program
from course_discovery.course_metadata.queries.visibility.conditions import (
    Condition,
    Judgement,
    Look,
    Places,
    judge,
)
from course_discovery.publisher.roles import readable_courses
from search.documents.kinds import COURSE, COURSE_RUN, PROGRAM, Kind
from search.queries import BadQuery
from search.queries.clauses import explain_match

Answer = dict[str, Any]
EXAMPLE = OpenApiExample(
    "A run in review, asked with q=physics",
    {
        "key": "course-v1:NorthU+PHY101+1T2027",
        "uuid": "62f746b4-84e6-4ceb-95bd-447e7184d454",
        "content_type": "courserun",
        "places": {
            "list": {"shown": True, "because": []},
            "facets": {"shown": False, "because": ["published"]},
        },
        "conditions": [
            {"condition": "published", "passes": False, "fact": "Its status is review_by_legal."}
        ],
        "query": {
            "query": "physics AND NOT org:SouthU",
            "is_indexed": True,
            "matches": True,
            "parts": [
                {"part": "physics", "role": "required", "matches": True},
                {"part": "org:SouthU", "role": "prohibited", "matches": False},
            ],
        },
        "catalog": None,
    },
    response_only=True,
)


class PlaceShape(Shape):
    """A place where things are shown: whether this one is, and what keeps it away."""

    shown = serializers.BooleanField()
    because = serializers.ListField(
        child=serializers.CharField(), help_text="the conditions that do not pass"
    )


class ConditionShape(Shape):
    """A condition, and the fact behind it."""

    condition = serializers.CharField()
    passes = serializers.BooleanField()
    fact = serializers.CharField()


class PartShape(Shape):
    """A part of a query."""

    part = serializers.CharField()
    role = serializers.ChoiceField(["required", "optional", "prohibited"])
    matches = serializers.BooleanField()


class MatchShape(Shape):
    """How a query meets the thing. Of a catalog there are `id` and `name` too."""

    query = serializers.CharField()
    is_indexed = serializers.BooleanField()
    matches = serializers.BooleanField()
    parts = PartShape(many=True)


class ExplanationShape(Shape):
    """Why something is shown or not."""

    key = serializers.CharField()
    uuid = serializers.UUIDField()
    content_type = serializers.CharField()
    places = serializers.DictField(child=PlaceShape())
    conditions = ConditionShape(many=True)
    query = MatchShape(allow_null=True)
    catalog = MatchShape(allow_null=True)


@dataclass(frozen=True)
class Explained:
    """What is explained: a kind of thing, how it is found, and where it is shown."""

    kind: Kind
    rows: Callable[[Any], QuerySet[Any]]
    of_partner: str
    places: Places
    query_of: Callable[[Catalog], str]
    has_keys: bool = True


def _courses(user: Any) -> QuerySet[Any]:
    rows = Course.everything.select_related("partner", "type")
    return rows.filter(draft=False) | readable_courses(user, rows)


def _runs(user: Any) -> QuerySet[Any]:
    rows = CourseRun.everything.select_related("course__partner", "type", "restricted_run")
    own = readable_courses(user, Course.everything.all())
    return rows.filter(draft=False) | rows.filter(course__in=own)


def _programs(user: Any) -> QuerySet[Any]:
    return Program.objects.select_related("partner")


OF_COURSE = Explained(COURSE, _courses, "partner", course.PLACES, lambda each: each.query)
OF_RUN = Explained(COURSE_RUN, _runs, "course__partner", course_run.PLACES, lambda each: each.query)
OF_PROGRAM = Explained(
    PROGRAM, _programs, "partner", program.PLACES, lambda each: each.program_query, has_keys=False
)


class ExplainView(CatalogView):
    """Explains one thing, official or, to those who may see it, a draft that is alone."""

    permission_classes = (IsAuthenticated, NotJwtRestrictedApplication)
    explained: ClassVar[Explained]

    @extend_schema(
        summary="Why it is shown or not",
        parameters=[
            OpenApiParameter("q", str, description="a query string: which parts of it match?"),
            OpenApiParameter("catalog", int, description="a catalog: which parts of its query?"),
            OpenApiParameter("include_restricted", str, description="restriction types to show"),
        ],
        responses=ExplanationShape,
        examples=[EXAMPLE],
    )
    def get(self, request: Request, name: str) -> Response:
        """Each condition with the fact behind it, and the places that ask for it."""
        row = self.find(name)
        look = Look(self.request.moment, self.request.partner, shown_restrictions(request))
        places = self.explained.places
        conditions = dict.fromkeys(each for place in places.values() for each in place)
        try:
            judged = judge(row, conditions, look)
        except ObjectDoesNotExist:  # it went between two looks
            raise self.missing(name) from None
        return Response(
            {
                "key": getattr(row, "key", str(row.uuid)),
                "uuid": row.uuid,
                "content_type": self.explained.kind.content_type,
                "places": {name: _place(place, judged) for name, place in places.items()},
                "conditions": [
                    {"condition": each.name, "passes": each.passes, "fact": each.fact}
                    for each in judged
                ],
                "query": self.query(row.uuid),
                "catalog": self.catalog(row.uuid),
            }
        )

    def find(self, name: str) -> Any:
        """The row of this key or uuid: the official one, else the draft.

        Staff may ask for those of other partners. Raises Http404.
        """
        uuid, user = uuid_or_none(name), self.request.user
        rows = self.explained.rows(user)
        if uuid:
            rows = rows.filter(uuid=uuid)
        elif self.explained.has_keys and "\0" not in name:  # no text of a database has it
            rows = rows.filter(key_folded=fold(name))
        else:
            rows = rows.none()
        if not user.is_staff:
            rows = rows.filter(**{self.explained.of_partner: self.request.partner})
        # Of several partners' the one that is asked for comes first, then what is official.
        found = sorted(rows, key=lambda row: (not self._is_own(row), getattr(row, "draft", False)))
        if not found:
            raise self.missing(name)
        return found[0]

    def missing(self, name: str) -> Http404:
        """The exception for an address that names nothing."""
        return Http404(f"No {self.explained.kind.model._meta.verbose_name} matches {name!r}.")

    def _is_own(self, row: Any) -> bool:
        owner = row
        for step in self.explained.of_partner.split("__"):
            owner = getattr(owner, step)
        return bool(owner == self.request.partner)

    def query(self, uuid: UUID) -> Answer | None:
        """How `q` meets the thing, None where it is not given."""
        written = self.request.query_params.get("q", "")
        return self._told(uuid, written, "q") if written.strip() else None

    def catalog(self, uuid: UUID) -> Answer | None:
        """How the query of the catalog that is named meets the thing, None without one."""
        number = self.request.query_params.get("catalog", "").strip()
        if not number:
            return None
        catalog = catalog_numbered(number)
        if catalog is None or not may(self.request.user, Catalog.VIEW, catalog):
            raise ValidationError({"catalog": [f"There is no catalog {number} that you may see."]})
        written = self.explained.query_of(catalog)
        named = {"id": catalog.pk, "name": catalog.name}
        try:
            return named | self._told(uuid, written, "catalog")
        except BadQuery as error:
            told: Answer = {"query": written, "is_indexed": None, "matches": False, "parts": []}
            return named | told | {"query_error": str(error)}

    def _told(self, uuid: UUID, written: str, parameter: str) -> Answer:
        kind, now = self.explained.kind, self.request.moment
        found = explain_match(kind, uuid, written, now=now, parameter=parameter)
        return {
            "query": written,
            "is_indexed": found.is_indexed,
            "matches": found.matches,
            "parts": [
                {"part": part.written, "role": part.role, "matches": matches}
                for part, matches in found.parts
            ],
        }


def _place(conditions: Sequence[Condition], judged: Sequence[Judgement]) -> Answer:
    wanted = {each.name for each in conditions}
    failed = [each.name for each in judged if each.name in wanted and not each.passes]
    return {"shown": not failed, "because": failed}


class CourseExplainView(ExplainView):
    """Explains a course."""

    explained = OF_COURSE


class CourseRunExplainView(ExplainView):
    """Explains a course run."""

    explained = OF_RUN


class ProgramExplainView(ExplainView):
    """Explains a program."""

    explained = OF_PROGRAM
