"""Suggestions while somebody is typing, over REST."""

from typing import Any

import orjson
from django.core.exceptions import ValidationError as InvalidText
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.nested import Shape
from course_discovery.api.v1.projected import Rendered, public
from course_discovery.api.v1.search_parameters import root_of
from course_discovery.api.v1.shapes.person import PersonShape
from course_discovery.core.rest.request import CatalogView
from course_discovery.course_metadata.models import Person
from course_discovery.course_metadata.queries.person import people_named, people_of_organizations
from course_discovery.projections.stored import read
from course_discovery.projections.values import with_host
from search.queries.page import Hit
from search.queries.typeahead import suggested_programs, suggested_runs

# The words that one may write, and the people that are suggested at most.
MAX_WORDS = 32
MOST_PEOPLE = 1_000
_WITHOUT_Q = "The 'q' querystring parameter is required for searching."
_Q = OpenApiParameter("q", str, required=True, description="what was written so far")


class SuggestedRunShape(Shape):
    """A run to suggest."""

    orgs = serializers.ListField(child=serializers.CharField(), help_text="keys")
    title = serializers.CharField()
    marketing_url = serializers.CharField(allow_null=True)
    key = serializers.CharField()


class SuggestedProgramShape(Shape):
    """A program to suggest."""

    orgs = serializers.ListField(child=serializers.CharField(), help_text="keys")
    title = serializers.CharField()
    marketing_url = serializers.CharField(allow_null=True)
    uuid = serializers.UUIDField()
    type = serializers.CharField(allow_null=True)
    is_2u_degree_program = serializers.BooleanField()


class SuggestionsShape(Shape):
    """The best of what begins like that."""

    course_runs = SuggestedRunShape(many=True)
    programs = SuggestedProgramShape(many=True)


class TypeaheadView(CatalogView):
    """Suggestions of runs and programs."""

    @extend_schema(
        operation_id="search_typeahead", summary="Runs and programs while somebody is typing",
        parameters=[_Q], responses=SuggestionsShape, tags=["search"],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """At most three runs, of different courses, and three programs, the best first."""
        q = written(request)
        asked: dict[str, Any] = {"partner": self.request.partner.short_code}
        asked["now"] = self.request.moment
        return Response(
            {
                "course_runs": [
                    _suggested(hit, "title", "marketing_url", "key")
                    for hit in suggested_runs(q, **asked)
                ],
                "programs": [
                    _suggested(
                        hit, "title", "marketing_url", "uuid", "type", "is_2u_degree_program"
                    )
                    for hit in suggested_programs(q, **asked)
                ],
            }
        )


class PersonTypeaheadView(CatalogView):
    """Suggestions of people, for course teams."""

    @extend_schema(
        operation_id="search_person_typeahead", summary="People while somebody is typing",
        parameters=[
            _Q,
            OpenApiParameter(
                "org", str, many=True,
                description="key of an organization whose courses they teach; repeat it",
            ),
        ],
        responses=PersonShape(many=True), tags=["search"],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """People of whom every word is a part of a name, else the one with this uuid."""
        words = written(request).split()
        if len(words) > MAX_WORDS:
            raise ValidationError({"q": [f"At most {MAX_WORDS} words."]})
        people: QuerySet[Person] = Person.objects.all()
        if keys := [_text(each, "org") for each in request.query_params.getlist("org") if each]:
            people = people_of_organizations(people, keys, partner=self.request.partner)
        named = people_named(people, words).order_by("family_name", "given_name", "pk")
        pks = list(named.values_list("pk", flat=True)[:MOST_PEOPLE])
        stored = read("person", pks, now=self.request.moment)
        root = root_of(request)
        return Response(
            [public(orjson.loads(with_host(stored[pk].body, root))) for pk in pks if pk in stored]
        )


def written(request: Request) -> str:
    """What was written so far.

    Raises ValidationError without it, as the bare list that clients know, and for text that no
    database can look for.
    """
    q = request.query_params.get("q", "").strip()
    if not q:
        raise ValidationError([_WITHOUT_Q])
    return _text(q, "q")


def _text(value: str, parameter: str) -> str:
    try:
        ProhibitNullCharactersValidator()(value)
    except InvalidText as error:
        raise ValidationError({parameter: error.messages}) from None
    return value


def _suggested(hit: Hit, *names: str) -> Rendered:
    """Some keys of a hit's row, after the keys of its organizations."""
    organizations = hit.source.get("authoring_organizations") or ()
    row = hit.source["stored"]["row"]
    return {"orgs": [each.partition(": ")[0] for each in organizations]} | {
        name: row[name] for name in names
    }
