"""Catalogs over REST."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.catalog_found import find_catalog, reader_of, require_known
from course_discovery.api.v1.filters import parts_of
from course_discovery.api.v1.projected import Answers
from course_discovery.api.v1.shapes.catalog import CatalogBody, CatalogShape, MemberChangeShape
from course_discovery.catalogs.models import AskedCatalog, Catalog, Cause, MemberChange
from course_discovery.catalogs.operations.catalog import (
    CatalogValues,
    create_catalog,
    delete_catalog,
    update_catalog,
)
from course_discovery.catalogs.operations.filling import fill
from course_discovery.catalogs.operations.knowing import count_courses
from course_discovery.catalogs.operations.viewers import RefusedViewer
from course_discovery.catalogs.queries.members import changes_since, contained, members
from course_discovery.catalogs.queries.permission import listed_catalogs, may_create, viewers_of
from course_discovery.core.rest.request import CatalogView
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.projections.values import moment
from search.documents.kinds import COURSE, COURSE_RUN
from search.queries import SearchUnavailable

RESTRICTED = OpenApiParameter(
    "include_restricted", str, description="restriction types whose runs count too"
)
_CATALOG = OpenApiExample(
    "A catalog",
    {"id": 7, "name": "New", "query": "title:python", "courses_count": 3, "viewers": ["maria"]},
    response_only=True,
)
_LARGEST = 2**63 - 1


class CatalogViewSet(CatalogView, viewsets.GenericViewSet[Catalog]):
    """Catalogs: a stored query with a name, and the users who may see it."""

    queryset = Catalog.objects.none()
    serializer_class = CatalogShape
    filter_backends = ()
    lookup_field = "id"
    lookup_value_regex = "[^/]+"

    @extend_schema(
        summary="List the catalogs that one may see", examples=[_CATALOG],
        parameters=[OpenApiParameter("username", str, description="those of a user; staff only")],
    )  # fmt: skip
    def list(self, request: Request) -> Response:
        """The caller's catalogs, or those of a user whom staff names."""
        page: Any = self.paginate_queryset(self._listed().values_list("pk", flat=True))
        found = Catalog.objects.in_bulk(page)
        return self.get_paginated_response(self._shown([found[pk] for pk in page if pk in found]))

    @extend_schema(summary="One catalog", examples=[_CATALOG])
    def retrieve(self, request: Request, id: str) -> Response:
        """What is stored of it, and how many courses it has."""
        return Response(self._shown([find_catalog(request.user, id)])[0])

    @extend_schema(
        summary="Create a catalog; viewers who are no users yet become some",
        request=CatalogBody, responses={201: CatalogShape}, examples=[_CATALOG],
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """A new catalog."""
        if not may_create(request.user):
            raise PermissionDenied
        values, viewers = self._told(partial=False)
        try:
            catalog = create_catalog(values=values, viewers=viewers or (), now=self._now)
        except (RefusedViewer, UnfitValue) as error:
            raise _refused(error) from error
        self._fill(catalog)
        return Response(self._shown([catalog])[0], status.HTTP_201_CREATED)

    @extend_schema(summary="Tell a catalog anew", request=CatalogBody, examples=[_CATALOG])
    def update(self, request: Request, id: str, partial: bool = False) -> Response:
        """Other values for a catalog; `viewers`, where given, are all who may see it."""
        catalog = find_catalog(request.user, id, Catalog.CHANGE)
        values, viewers = self._told(partial=partial)
        try:
            asked = update_catalog(pk=catalog.pk, values=values, viewers=viewers, now=self._now)
        except (RefusedViewer, UnfitValue) as error:
            raise _refused(error) from error
        if asked:
            self._fill(catalog)
        return Response(self._shown([find_catalog(request.user, id, Catalog.CHANGE)])[0])

    @extend_schema(summary="Change a catalog", request=CatalogBody, examples=[_CATALOG])
    def partial_update(self, request: Request, id: str) -> Response:
        """The same; what is not told stays."""
        return self.update(request, id, partial=True)

    @extend_schema(summary="Delete a catalog")
    def destroy(self, request: Request, id: str) -> Response:
        """It is gone with the rights for it."""
        delete_catalog(pk=find_catalog(request.user, id, Catalog.DELETE).pk)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Whether a catalog has courses and course runs",
        parameters=[
            OpenApiParameter("course_id", str, description="comma separated keys"),
            OpenApiParameter("course_run_id", str, description="comma separated keys"),
            RESTRICTED,
        ],
        responses={
            (200, "application/json"): {
                "type": "object",
                "properties": {
                    "courses": {"type": "object", "additionalProperties": {"type": "boolean"}}
                },
            }
        },
    )
    @action(detail=True, pagination_class=None)
    def contains(self, request: Request, id: str) -> Response:
        """Keys of courses and of runs in one map."""
        catalog = find_catalog(request.user, id)
        found: dict[str, bool] = {}
        for name, kind in (("course_id", COURSE), ("course_run_id", COURSE_RUN)):
            keys = parts_of(request.query_params.get(name))
            if keys:
                require_known(catalog, kind, self._now)
                asked = [key for key in keys if "\x00" not in key]
                have = contained(members(catalog, kind, reader_of(request)), asked)
                found |= {key: key in have for key in keys}
        return Response({"courses": found})

    @extend_schema(
        summary="What a catalog gained and lost, when, and by which change",
        parameters=[
            OpenApiParameter(
                "since", str, description="a `number` that was told, or a moment (ISO 8601)"
            ),
            RESTRICTED,
        ],
        responses=MemberChangeShape(many=True),
    )
    @action(detail=True)
    def changes(self, request: Request, id: str) -> Response:
        """In order; who goes on with the last number misses nothing."""
        catalog = find_catalog(request.user, id)
        since = _since(request.query_params.get("since", ""))
        rows: Any = changes_since(catalog, reader_of(request), since)
        page: Any = self.paginate_queryset(rows.values_list("pk", flat=True))
        found = MemberChange.objects.in_bulk(page)
        return self.get_paginated_response([_change(found[pk]) for pk in page if pk in found])

    @property
    def _now(self) -> datetime:
        return self.request.moment

    def _listed(self) -> QuerySet[Catalog]:
        user: Any = self.request.user
        name = self.request.query_params.get("username")
        if not name:
            return listed_catalogs(user)
        if not user.is_staff:
            raise PermissionDenied(
                "Only staff users are permitted to filter by username. "
                "Remove the username parameter."
            )
        known = None if "\x00" in name else get_user_model().objects.filter(username=name).first()
        if known is None:
            raise NotFound(f"No user with the username [{name}] exists.")
        return listed_catalogs(known)

    def _told(self, *, partial: bool) -> tuple[CatalogValues, Collection[str] | None]:
        body = CatalogBody(data=self.request.data, partial=partial)
        body.is_valid(raise_exception=True)
        values: Any = dict(body.validated_data)
        viewers = values.pop("viewers", None)
        return values, viewers

    def _fill(self, catalog: Catalog) -> None:
        """Ask for the members at once; if nobody answers now, the change log's consumer does."""
        asked = AskedCatalog.objects.filter(pk=catalog.pk).first()
        if asked is None:
            return
        try:
            fill(asked, Cause.CATALOG)
        except SearchUnavailable:
            return

    def _shown(self, catalogs: Sequence[Catalog]) -> Answers:
        viewers = viewers_of([each.pk for each in catalogs])
        counted = count_courses(catalogs, reader_of(self.request), self._now)
        return [
            {
                "id": each.pk,
                "name": each.name,
                "query": each.query,
                "courses_count": counted[each.pk].courses,
                "viewers": viewers[each.pk],
                **({"query_error": counted[each.pk].fault} if counted[each.pk].fault else {}),
            }
            for each in catalogs
        ]


def _refused(error: RefusedViewer | UnfitValue) -> ValidationError:
    if isinstance(error, RefusedViewer):
        return ValidationError({"viewers": [str(error)]})
    name, _colon, reason = str(error).partition(": ")
    return ValidationError({name: [reason]})


def _since(text: str) -> int | datetime:
    """A number or a moment; 0 without one. Raises ValidationError for anything else."""
    text = text.strip()
    if not text:
        return 0
    if text.isascii() and text.isdecimal() and len(text) < 20:
        return min(int(text), _LARGEST)
    try:
        # A plus sign that nobody escaped comes as a space.
        since = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        since = None
    if since is None or since.tzinfo is None:
        raise ValidationError({"since": ["Must be a number, or a moment with its time zone."]})
    return since


def _change(row: MemberChange) -> dict[str, Any]:
    return {
        "number": row.pk,
        "operation": "gained" if row.gained else "lost",
        "kind": row.kind,
        "uuid": str(row.uuid),
        "key": row.key,
        "restriction_type": row.restriction_type or None,
        "at": moment(row.at),
        "cause": row.cause,
        "change": row.change,
    }
