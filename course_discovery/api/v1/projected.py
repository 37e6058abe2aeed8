"""Views whose answers are projections: a page of primary keys, rendered in one batch."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

import orjson
from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import translation
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request
from rest_framework.response import Response

from course_discovery.api.v1.unchanged import question_of, recall, remember, settled_number
from course_discovery.core.fields import fold
from course_discovery.core.rest.conditional import (
    Validators,
    conditional_answer,
    entity_tag,
    is_conditional,
    newest,
    validated,
)
from course_discovery.core.rest.request import CatalogView
from course_discovery.core.revision import revision_of
from course_discovery.projections.stored import Mark, Stored, read, read_marks
from course_discovery.projections.values import with_host

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
    """A read-only resource served from its stored projections, `projection` names their kind.

    Clients that know an answer already are told so, mostly without its bodies being read.
    """

    http_method_names: Sequence[str] = ("get", "head", "options")
    filter_backends: Sequence[Any] = (DjangoFilterBackend,)
    projection: ClassVar[str]
    sparse_inside: ClassVar[Collection[str]] = ("course_runs",)
    """Names of lists in the answers whose items obey `fields` and `omit` too."""
    _question: Any = None
    _number: int | None = None

    def serve(self, rendered: Answers, now: datetime) -> Answers:
        """What this request gets of the projections; by default their public keys."""
        return [public(each) for each in rendered]

    def personal(self, pks: Collection[int]) -> Mapping[str, Any]:
        """What of the caller shapes the answers about these rows, JSON-like or sets.

        `serve` finds it in `self.caller`.
        """
        return {}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One page."""
        if (early := self.unchanged(dated=False)) is not None:
            return early
        pks = self.filter_queryset(self.get_queryset()).values_list("pk", flat=True)
        page = self.paginate_queryset(pks)
        assert page is not None
        response = self.get_paginated_response([])
        frame = {key: value for key, value in response.data.items() if key != "results"}

        def fill(answers: Answers) -> Response:
            response.data["results"] = answers
            return response

        return self.answer(page, fill, frame)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One object."""
        if (early := self.unchanged(dated=True)) is not None:
            return early
        name = self.kwargs[self.lookup_url_kwarg or self.lookup_field]
        pk = self.find(self.get_queryset(), name)

        def only(answers: Answers) -> Response:
            if not answers:  # it went between two looks
                raise self.missing(name)
            return Response(answers[0])

        return self.answer([pk], only)

    def answer(
        self, pks: Sequence[int], fill: Callable[[Answers], Response], frame: Any = None
    ) -> HttpResponseBase:
        """What `fill` makes of these rows; less, where the client has that already.

        `frame` is what a list says beside its rows.
        """
        self.caller = self.personal(pks)
        now = self.request.moment
        if self.request.accepted_renderer.format != "json":
            return fill(self._served(self.stored(pks)))
        if is_conditional(self.request):
            validators = self.validators(self._marks(pks), frame)
            self._remember(pks, validators)
            early = conditional_answer(self.request, validators, dated=frame is None)
            if early is not None:
                return early
        rows = self.stored(pks)
        response = fill(self._served(rows))
        return validated(response, self.validators([row.mark for row in rows], frame), now)

    def unchanged(self, *, dated: bool) -> HttpResponseBase | None:
        """What tells a client that nothing was changed since it asked the same; None to look.

        Asks whether anything at all was changed, not what the answer shows.
        """
        self._question = self._number = None
        if not is_conditional(self.request) or self.request.accepted_renderer.format != "json":
            return None
        self._question = question_of(self.request, self.language)
        self._number = settled_number() if self._question else None
        if self._number is None:
            return None
        known = recall(self._question, self._number, self.request.moment)
        if known is None or self.personal(list(known.pks)) != known.caller:
            return None
        return conditional_answer(self.request, known.validators, dated=dated)

    def _remember(self, pks: Sequence[int], validators: Validators) -> None:
        if self._number is not None:
            remember(
                self._question,
                number=self._number,
                kind=self.projection,
                pks=pks,
                language=self.language,
                caller=self.caller,
                validators=validators,
            )

    def validators(self, marks: Sequence[Mark], frame: Any = None) -> Validators:
        """The validators of an answer that shows projections with these marks."""
        shaping = (
            [mark.fingerprint for mark in marks],
            frame,
            self.language,
            self.caller,
            revision_of("course_discovery.api.v1", "course_discovery.core.rest"),
        )
        modified = newest(mark.modified_at for mark in marks)
        return Validators(entity_tag(self.request, *shaping), modified)

    def stored(self, pks: Sequence[int]) -> Sequence[Stored]:
        """The projections of these rows, in their order; without those that are gone."""
        now, language = self.request.moment, self.language
        found = read(self.projection, pks, now=now, language=language)
        return [found[pk] for pk in pks if pk in found]

    def _marks(self, pks: Sequence[int]) -> Sequence[Mark]:
        now, language = self.request.moment, self.language
        found = read_marks(self.projection, pks, now=now, language=language)
        return [found[pk] for pk in pks if pk in found]

    def _served(self, rows: Iterable[Stored]) -> Answers:
        root = self.request.build_absolute_uri("/").rstrip("/")
        rendered = [orjson.loads(with_host(row.body, root)) for row in rows]
        served = self.serve(rendered, self.request.moment)
        return sparse(served, self.request, self.sparse_inside)

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
        if "\0" in value:  # no text of a database has it
            raise self.missing(value)
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


def sparse(
    rendered: Answers, request: Request, inside: Collection[str] = ("course_runs",)
) -> Answers:
    """Only the `fields` asked for, without those to `omit`; of what stands `inside` too."""
    # A dotted name asks for its first part, whole.
    wanted = {name.partition(".")[0] for name in names(request, "fields")}
    if wanted & {"*", "~all"}:  # beside anything else, too
        wanted = set()
    unwanted = names(request, "omit")
    if not wanted and not unwanted:
        return rendered

    def prune(each: Rendered) -> Rendered:
        return within(
            {
                key: value
                for key, value in each.items()
                if (not wanted or key in wanted) and key not in unwanted
            }
        )

    def within(each: Rendered) -> Rendered:
        for name in inside:
            if isinstance(each.get(name), list):
                each[name] = [prune(one) for one in each[name]]
        # Curricula are shown as they are, but for the courses and programs in them.
        if "curricula" in each:
            each["curricula"] = [within(curriculum) for curriculum in each["curricula"]]
        return each

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
