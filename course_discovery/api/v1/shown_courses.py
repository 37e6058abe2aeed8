"""What of courses a caller is shown: which runs and programs, with its tracking parameters."""

from collections.abc import Collection
from datetime import datetime

from rest_framework.request import Request

from course_discovery.api.v1.nested_programs import NestedPrograms
from course_discovery.api.v1.nested_runs import NestedRuns
from course_discovery.api.v1.projected import Rendered
from course_discovery.api.v1.shapes.course import CourseShape
from course_discovery.api.v1.utm import with_utm

# The keys of an answer in the order of the contract.
KEYS = tuple(CourseShape().fields)


class ShownCourses:
    """Courses as a caller asked to see them.

    `query` are its tracking parameters, `editable` the primary keys of those that it may edit.
    `searched` as in NestedRuns.
    """

    def __init__(
        self,
        request: Request,
        query: str,
        editable: Collection[int],
        now: datetime,
        *,
        searched: bool | None = None,
    ) -> None:
        self.runs = NestedRuns(request, searched=searched)
        self.programs = NestedPrograms.of_courses(request, searched=searched)
        self.query, self.editable, self.now = query, editable, now

    def whole(self, course: Rendered) -> Rendered:
        """Everything of a course."""
        whole = {
            **course,
            **self.runs.of(course, self.query, self.now),
            "programs": self.programs.of(course),
            "editable": course["_pk"] in self.editable,
        }
        return with_utm({key: whole[key] for key in KEYS}, self.query)
