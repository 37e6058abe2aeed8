"""Which of their programs courses and runs show."""

from collections.abc import Collection, Mapping
from typing import Self

from rest_framework.request import Request

from course_discovery.api.v1.matching import searches
from course_discovery.api.v1.projected import Answers, Rendered, flag, public
from course_discovery.course_metadata.models.program import ProgramStatus

# Statuses that are hidden unless a flag asks for them.
_OF_COURSES = {ProgramStatus.DELETED: "include_deleted_programs"}
_OF_RUNS = {
    **_OF_COURSES,
    ProgramStatus.UNPUBLISHED: "include_unpublished_programs",
    ProgramStatus.RETIRED: "include_retired_programs",
}


class NestedPrograms:
    """The programs that a caller asked to see, by their statuses."""

    def __init__(self, hidden: Collection[str]) -> None:
        self.hidden = hidden

    @classmethod
    def of_courses(cls, request: Request, *, searched: bool | None = None) -> Self:
        """Those of courses; a list that is `searched` (by `q`) shows deleted ones too."""
        if searches(request) if searched is None else searched:
            return cls(())
        return cls(_hidden(request, _OF_COURSES))

    @classmethod
    def of_runs(cls, request: Request) -> Self:
        """Those of runs."""
        return cls(_hidden(request, _OF_RUNS))

    def of(self, whole: Rendered) -> Answers:
        """The programs of a rendered course or run, as they are served."""
        return [public(each) for each in whole["programs"] if each["_status"] not in self.hidden]


def _hidden(request: Request, flags: Mapping[ProgramStatus, str]) -> list[str]:
    return [str(status) for status, name in flags.items() if not flag(request, name)]
