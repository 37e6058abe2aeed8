"""Views whose answers are projections: a page of primary keys, rendered in one batch."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import translation
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.core.fields import fold
from course_discovery.core.rest.request import CatalogView

Rendered = dict[str, Any]
# Named here because the views have a method called `list`.
Answers = list[Rendered]


class StableOrdering(OrderingFilter):
    """`ordering`, made total: rows that are equal in it keep one order over all pages."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        """The rows as asked for; as they come without `ordering`."""
        ordering = self.get_ordering(request, queryset, view)
        return queryset.order_by(*ordering, "pk") if ordering else queryset


class ProjectedViewSet(CatalogView, viewsets.GenericViewSet[Any]):
    """A read-only resource served from its projection."""

    http_method_names = ("get", "head", "options")
    filter_backends: Sequence[Any] = (DjangoFilterBackend,)

    def render(self, pks: Collection[int], now: datetime) -> dict[int, Rendered]:
        """The projections of these rows by primary key."""
        raise NotImplementedError

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """What this request gets of the projections; by default their public keys."""
        return [public(each) for each in rendered]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One page."""
        pks = self.filter_queryset(self.get_queryset()).values_list("pk", flat=True)
        page = self.paginate_queryset(pks)
        assert page is not None
        return self.get_paginated_response(self.answers(page))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One object."""
        pk = self.find(self.get_queryset(), self.kwargs[self.lookup_url_kwarg or self.lookup_field])
        return Response(self.answers([pk])[0])

    def find(self, queryset: QuerySet[Any], value: str) -> int:
        """The primary key of the row that the address names.

        Raises Http404, saying what was looked for.
        """
        found = queryset.filter(**{self.lookup_field: value}).values_list("pk", flat=True).first()
        if found is None:
            raise self.missing(value)
        return int(found)

    def find_by_key(self, queryset: QuerySet[Any], value: str) -> int:
        """The primary key of the row of this key, without regard to case."""
        found = queryset.filter(key_folded=fold(value)).values_list("pk", flat=True).first()
        if found is None:
            raise self.missing(value)
        return int(found)

    def find_by_uuid(self, queryset: QuerySet[Any], value: str) -> int:
        """The primary key of the row of this uuid; text that is no uuid names nothing."""
        mark = uuid_or_none(value)
        found = queryset.filter(uuid=mark).values_list("pk", flat=True).first() if mark else None
        if found is None:
            raise self.missing(value)
        return int(found)

    def missing(self, value: str) -> Http404:
        """The exception for an address that names nothing."""
        name = self.get_queryset().model._meta.verbose_name  # lower case, as in a sentence
        return Http404(f"No {name} matches {value!r}.")

    def answers(self, pks: Iterable[int]) -> Answers:
        """What this request gets of these rows, in their order."""
        wanted, now = tuple(pks), self.request.moment
        rendered = self.render(wanted, now)
        served = self.serve([rendered[pk] for pk in wanted if pk in rendered], now)
        return sparse(served, self.request)

    @property
    def language(self) -> str:
        """The language of translated values: `language_code`, else what the request prefers."""
        return self.request.query_params.get("language_code") or translation.get_language() or "en"


def uuid_or_none(text: str) -> uuid.UUID | None:
    """The uuid that `text` writes, None for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def public(rendered: Rendered) -> Rendered:
    """A projection without the facts that are not served."""
    return {key: value for key, value in rendered.items() if not key.startswith("_")}


def names(request: Request, parameter: str) -> set[str]:
    """The comma separated names of a parameter that may be repeated, or written `name[]`."""
    given = request.query_params.getlist(parameter) + request.query_params.getlist(f"{parameter}[]")
    return {name.strip() for each in given for name in each.split(",") if name.strip()}


def sparse(rendered: Answers, request: Request) -> Answers:
    """Only the `fields` asked for, without those to `omit`; of nested runs too."""
    # A dotted name asks for its first part, whole.
    wanted = {name.partition(".")[0] for name in names(request, "fields")} - {"*", "~all"}
    unwanted = names(request, "omit")
    if not wanted and not unwanted:
        return rendered

    def prune(each: Rendered) -> Rendered:
        kept = {
            key: value
            for key, value in each.items()
            if (not wanted or key in wanted) and key not in unwanted
        }
        if isinstance(kept.get("course_runs"), list):
            kept["course_runs"] = [prune(run) for run in kept["course_runs"]]
        return kept

    return [prune(each) for each in rendered]


def flag(request: Request, parameter: str) -> bool:
    """A flag that clients send as 0 or 1.

    Raises ValidationError for anything but an integer.
    """
    text = request.query_params.get(parameter, "").strip()
    if not text:
        return False
    try:
        return bool(int(text))
    except ValueError as error:
        raise ValidationError({parameter: ["A whole number: 1 for yes, 0 for no."]}) from error
