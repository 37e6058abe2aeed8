"""Where a course is shown, and by which conditions."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.queries.visibility import course_run
from course_discovery.course_metadata.queries.visibility.conditions import (
    OFFICIAL,
    Condition,
    Look,
    Places,
    meeting,
    of_partner,
    yes_or_no,
)


def type_in_use(look: Look) -> Q:
    """Courses whose type is not retired."""
    return ~Q(type__slug__in=settings.RETIRED_COURSE_TYPES)


def _with_a_run(look: Look, conditions: Sequence[Condition]) -> Q:
    runs = CourseRun.objects.filter(meeting(conditions, look), course=OuterRef("pk"))
    return Q(Exists(runs))


def _not_hidden(look: Look) -> Q:
    """Courses that have a published run in sight, or none at all."""
    published = (course_run.UNRESTRICTED, course_run.IS_PUBLISHED)
    in_sight = _with_a_run(look, (*published, course_run.NOT_HIDDEN))
    return in_sight | ~_with_a_run(look, published)


def _runs(course: Course, look: Look) -> str:
    told = course.course_runs.filter(draft=course.draft).order_by("key_folded")
    runs = [
        f"{run.key} ({run.status}{', hidden' if run.hidden else ''})"
        for run in told.only("key", "status", "hidden")
    ]
    return f"Its runs: {', '.join(runs)}." if runs else "It has no runs."


PARTNER = of_partner("partner", lambda course: course.partner)
TYPE_IN_USE = Condition(
    "type in use",
    type_in_use,
    lambda course, look: f"Its type is {course.type.slug}." if course.type else "It has no type.",
)
WITH_PUBLISHED_RUN = Condition(
    "has a published run",
    lambda look: _with_a_run(look, (course_run.UNRESTRICTED, course_run.IS_PUBLISHED)),
    _runs,
)
NOT_HIDDEN = Condition("no published run, or one that is not hidden", _not_hidden, _runs)
WITH_MARKETED_RUN = Condition(
    "has a run that may be marketed",
    lambda look: _with_a_run(look, (course_run.UNRESTRICTED, *course_run.MARKETED)),
    _runs,
)
WITH_OPEN_RUN = Condition(
    "has a run to enroll in",
    lambda look: _with_a_run(
        look,
        (
            course_run.UNRESTRICTED, *course_run.MARKETED, course_run.IS_ACTIVE,
            course_run.IS_ENROLLABLE,
        ),
    ),
    _runs,
)  # fmt: skip
NOT_EXCLUDED_FROM_SEARCH = Condition(
    "not excluded from search",
    lambda look: Q(excluded_from_search=False),
    lambda course, look: yes_or_no(
        course.excluded_from_search,
        "It is excluded from the search of marketing sites.",
        "It is not excluded from the search of marketing sites.",
    ),
)

LISTED = (OFFICIAL, PARTNER, TYPE_IN_USE)
INDEXED = (OFFICIAL, TYPE_IN_USE)
SEARCHED = (*INDEXED, PARTNER)

PLACES: Places = {
    "list": LISTED,
    "search": SEARCHED,
    "facets": (*SEARCHED, WITH_PUBLISHED_RUN, NOT_HIDDEN),
    "marketable": (OFFICIAL, WITH_MARKETED_RUN),
    "open for enrollment": (OFFICIAL, WITH_OPEN_RUN),
    "marketing sites' search": (OFFICIAL, NOT_EXCLUDED_FROM_SEARCH),
}
