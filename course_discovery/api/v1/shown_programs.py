"""What of programs a caller is shown: which runs, with its tracking parameters."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from course_discovery.api.v1.nested import OrganizationMinShape
from course_discovery.api.v1.projected import Answers, Rendered, flag, public
from course_discovery.api.v1.restricted import shown_restrictions
from course_discovery.api.v1.shapes.degree import DegreeShape
from course_discovery.api.v1.shapes.program import ProgramMinShape
from course_discovery.api.v1.utm import with_utm
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries.program import first_starts

EXCLUDE_UTM = OpenApiParameter("exclude_utm", int, description="1 = bare marketing addresses")
RESTRICTED = OpenApiParameter(
    "include_restricted", str, description="restriction types of runs to show"
)
# The keys of answers in the order of the contract.
PROGRAM_KEYS = tuple(ProgramMinShape().fields)
_DEGREE_KEYS = tuple(DegreeShape().fields)
_ORGANIZATION_KEYS = tuple(OrganizationMinShape().fields)


class ShownPrograms:
    """Programs as a caller asked to see them; `query` are its tracking parameters.

    Where `full_runs` are given (by primary key), they stand in the place of the minimal ones.
    """

    def __init__(
        self, request: Request, query: str, full_runs: Mapping[int, Rendered] | None = None
    ) -> None:
        self.published = flag(request, "published_course_runs_only")
        self.enrollable = flag(request, "marketable_enrollable_course_runs_with_archived")
        self.restrictions = shown_restrictions(request)
        self.query = query
        self.full_runs = full_runs

    def minimal(self, program: Rendered, keys: Collection[str] = PROGRAM_KEYS) -> Rendered:
        """A program as lists and other things show it."""
        return self.whole(program, keys) | {
            "authoring_organizations": [
                {key: each[key] for key in _ORGANIZATION_KEYS}
                for each in program["authoring_organizations"]
            ]
        }

    def whole(self, program: Rendered, keys: Collection[str]) -> Rendered:
        """These keys of a program."""
        courses = [self._course(each) for each in self._in_order(program)]
        shown = {
            **program,
            "courses": courses,
            "degree": _public_degree(program["degree"]),
            "curricula": [self._curriculum(each) for each in program["curricula"]],
            "course_run_statuses": union(courses),
        }
        return {key: shown[key] for key in keys}

    def _curriculum(self, curriculum: Rendered) -> Rendered:
        return public(curriculum) | {
            "courses": [self._course(each) for each in curriculum["courses"]],
            "programs": [self.minimal(each) for each in curriculum["programs"]],
        }

    def _in_order(self, program: Rendered) -> Answers:
        """The courses; restricted runs that are shown count in their order."""
        courses: Answers = program["courses"]
        if not (self.restrictions and program["_by_start"]):
            return courses
        return sorted(courses, key=lambda each: (*self._first_starts(each), each["_place"]))

    def _first_starts(self, course: Rendered) -> tuple[datetime, datetime]:
        runs = [run for run in course["course_runs"] if self._may_see(run)]
        return first_starts(
            (_moment(run["start"]), _moment(run["enrollment_start"])) for run in runs
        )

    def _course(self, course: Rendered) -> Rendered:
        restricted = course["_restricted_statuses"]
        seen = [restricted[each] for each in self.restrictions & restricted.keys()]
        return public(course) | {
            "course_runs": [self._run(run) for run in course["course_runs"] if self._shows(run)],
            "course_run_statuses": sorted({*course["course_run_statuses"], *_each(seen)}),
        }

    def _run(self, run: Rendered) -> Rendered:
        full = self.full_runs.get(run["_pk"]) if self.full_runs is not None else None
        shown = with_utm(public(full or run), self.query)
        shown.pop("programs", None)
        return shown

    def _may_see(self, run: Rendered) -> bool:
        return run["restriction_type"] is None or run["restriction_type"] in self.restrictions

    def _shows(self, run: Rendered) -> bool:
        return all(
            (
                self._may_see(run),
                not self.published or run["status"] == CourseRunStatus.PUBLISHED,
                not self.enrollable or (run["is_marketable"] and run["is_enrollable"]),
            )
        )


def nested_run_pks(programs: Iterable[Rendered]) -> Iterator[int]:
    """The primary keys of the runs inside rendered programs."""
    for program in programs:
        courses = list(program["courses"])
        for curriculum in program["curricula"]:
            courses += curriculum["courses"]
            yield from nested_run_pks(curriculum["programs"])
        for course in courses:
            yield from (run["_pk"] for run in course["course_runs"])


def union(parts: Iterable[Rendered]) -> list[str]:
    """The statuses of the runs of several courses or programs."""
    return sorted(set(_each(part["course_run_statuses"] for part in parts)))


def _each(lists: Iterable[Iterable[str]]) -> Iterator[str]:
    for several in lists:
        yield from several


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _public_degree(degree: Rendered | None) -> Rendered | None:
    return {key: degree[key] for key in _DEGREE_KEYS} if degree else None
