"""Searches over REST that answer with everything there is of each hit."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

import orjson
from django.utils import translation

from course_discovery.api.v1.learner_pathway import with_open_runs
from course_discovery.api.v1.nested_programs import NestedPrograms
from course_discovery.api.v1.projected import Rendered, public
from course_discovery.api.v1.restricted import shown_restrictions
from course_discovery.api.v1.search import HitsView
from course_discovery.api.v1.search_paging import Shown
from course_discovery.api.v1.search_parameters import root_of
from course_discovery.api.v1.search_schema import DETAILS, SearchSchema
from course_discovery.api.v1.shapes.program import ProgramShape
from course_discovery.api.v1.shown_courses import ShownCourses
from course_discovery.api.v1.shown_programs import ShownPrograms
from course_discovery.api.v1.utm import utm_query, with_utm
from course_discovery.core.rest.request import CatalogRequest
from course_discovery.course_metadata.models import Course
from course_discovery.projections.stored import read
from course_discovery.projections.values import with_host
from course_discovery.publisher.roles import editable_courses
from search.documents.kinds import kind_of
from search.queries.rows import Flags

Show = Callable[[Rendered], Rendered]
_PROGRAM_KEYS = tuple(ProgramShape().fields)


class DetailsView(HitsView):
    """A page of hits, each as its own address shows it."""

    schema = SearchSchema(DETAILS)

    def results(self, shown: Shown, flags: Flags) -> list[dict[str, Any]]:
        """The objects behind the hits, in their order; without those that went meanwhile."""
        wanted: dict[str, list[int]] = defaultdict(list)
        for hit in shown.hits:
            wanted[hit.content_type].append(hit.pk)
        details = Details(self.request)
        found = {name: details.of(name, pks) for name, pks in wanted.items()}
        return [
            {"content_type": hit.content_type, **found[hit.content_type][hit.pk]}
            for hit in shown.hits
            if hit.pk in found[hit.content_type]
        ]


class Details:
    """Everything of what was found, as this caller is shown it. A query or two for each kind."""

    def __init__(self, request: CatalogRequest) -> None:
        self.request = request
        self.query = utm_query(request)
        self.language = request.query_params.get("language_code") or translation.get_language()

    def of(self, content_type: str, pks: Collection[int]) -> dict[int, Rendered]:
        """Objects of one kind by their primary keys."""
        name = kind_of(content_type).name
        now = self.request.moment
        stored = read(name, pks, now=now, language=self.language)
        root, show = root_of(self.request), self._shows[name](self, pks)
        return {pk: show(orjson.loads(with_host(each.body, root))) for pk, each in stored.items()}

    def _course(self, pks: Collection[int]) -> Show:
        user = self.request.user
        editable = pks
        if not user.is_staff:
            rows = editable_courses(user, Course.everything.filter(pk__in=pks))
            editable = set(rows.values_list("pk", flat=True))
        # What `q` says here chooses courses; what of them is shown is as in their own addresses.
        now = self.request.moment
        return ShownCourses(self.request, self.query, editable, now, searched=False).whole

    def _course_run(self, pks: Collection[int]) -> Show:
        programs = NestedPrograms.of_runs(self.request)

        def show(run: Rendered) -> Rendered:
            return with_utm(public(run), self.query) | {"programs": programs.of(run)}

        return show

    def _program(self, pks: Collection[int]) -> Show:
        shown = ShownPrograms(self.request, self.query)
        return lambda program: shown.whole(program, _PROGRAM_KEYS)

    def _person(self, pks: Collection[int]) -> Show:
        return public

    def _learner_pathway(self, pks: Collection[int]) -> Show:
        shown = shown_restrictions(self.request)
        return lambda pathway: with_open_runs(public(pathway), shown)

    # How each kind, as the change log names it, is shown.
    _shows: Mapping[str, Callable[["Details", Collection[int]], Show]] = {
        "course": _course,
        "course_run": _course_run,
        "program": _program,
        "person": _person,
        "learner_pathway": _learner_pathway,
    }
