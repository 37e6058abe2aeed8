"""Which of its runs a course shows, and what it says of them."""

from datetime import datetime

from rest_framework.request import Request

from course_discovery.api.v1.matching import searches
from course_discovery.api.v1.projected import Rendered, flag, public
from course_discovery.api.v1.restricted import shown_restrictions
from course_discovery.api.v1.utm import with_utm
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.projections.course import of_runs

FLAGS = {
    "include_hidden_course_runs": "1 = hidden runs too",
    "marketable_course_runs_only": "1 = only runs that are marketable and active",
    "marketable_enrollable_course_runs_with_archived": (
        "1 = only runs that are marketable and can be enrolled in, ended ones too"
    ),
    "published_course_runs_only": "1 = only published runs",
}


class NestedRuns:
    """The runs that a caller asked to see.

    A list that is `searched` (by `q`) shows hidden ones, and knows no flag.
    """

    def __init__(self, request: Request, *, searched: bool | None = None) -> None:
        flags = {name: flag(request, name) for name in FLAGS}
        if searches(request) if searched is None else searched:
            flags = dict.fromkeys(flags, False) | {"include_hidden_course_runs": True}
        self.hidden = flags["include_hidden_course_runs"]
        self.marketable = flags["marketable_course_runs_only"]
        self.enrollable = flags["marketable_enrollable_course_runs_with_archived"]
        self.published = flags["published_course_runs_only"]
        self.restrictions = shown_restrictions(request)

    def of(self, course: Rendered, query: str, now: datetime) -> Rendered:
        """What of a course hangs on its runs; `query` are the caller's tracking parameters."""
        runs = [with_utm(public(run), query) for run in course["course_runs"] if self._shows(run)]
        for run in runs:
            run.pop("programs")
        relaxed = self.restrictions
        return {
            **(of_runs(course["course_runs"], relaxed, now) if relaxed else {}),
            "course_runs": runs,
            "course_run_keys": [run["key"] for run in runs],
        }

    def _shows(self, run: Rendered) -> bool:
        if run["restriction_type"] and run["restriction_type"] not in self.restrictions:
            return False
        return all(
            (
                self.hidden or not run["hidden"],
                not self.marketable or (run["is_marketable"] and run["_active"]),
                not self.enrollable or (run["is_marketable"] and run["is_enrollable"]),
                not self.published or run["status"] == CourseRunStatus.PUBLISHED,
            )
        )
