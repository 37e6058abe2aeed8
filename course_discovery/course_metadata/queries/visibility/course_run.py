"""Where a course run is shown, and by which conditions."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from course_discovery.course_metadata.models import CourseRun, RestrictedCourseRun
from course_discovery.course_metadata.queries.course_run import (
    ACTIVE,
    ENROLLABLE,
    HAS_KEY_OF_TODAY,
    HAS_SEATS,
    HAS_SLUG,
    PUBLISHED,
    TYPE_IS_MARKETABLE,
    Rule,
)
from course_discovery.course_metadata.queries.visibility.conditions import (
    OFFICIAL,
    Condition,
    Look,
    Places,
    not_hidden,
    of_partner,
    yes_or_no,
)


def unrestricted(restrictions: Collection[str]) -> Q:
    """Runs that are not restricted, or only in one of these ways.

    Not by a join: PostgreSQL takes it to leave hardly any row, and sorts all of them.
    """
    restricted = RestrictedCourseRun.everything.filter(
        course_run=OuterRef("pk"), restriction_type__isnull=False
    )
    return Q(~Exists(restricted.exclude(restriction_type__in=list(restrictions))))


def type_in_use(look: Look) -> Q:
    """Runs whose type is not retired."""
    return ~Q(type__slug__in=settings.RETIRED_RUN_TYPES)


def _restriction(run: CourseRun, look: Look) -> str:
    restricted = getattr(run, "restricted_run", None)
    return f"It is restricted: {restricted.restriction_type}." if restricted else "It is for all."


def _seats(run: CourseRun, look: Look) -> str:
    types = sorted(set(run.seats.values_list("type__slug", flat=True)))
    return f"It has seats: {', '.join(types)}." if types else "It has no seats."


def _enrollment(run: CourseRun, look: Look) -> str:
    return (
        f"Enrollment opens: {_moment(run.enrollment_start)}, "
        f"closes: {_moment(run.enrollment_end)}; it is {_moment(look.now)}."
    )


def _end(run: CourseRun, look: Look) -> str:
    return f"It ends: {_moment(run.end)}; it is {_moment(look.now)}."


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else "at no known time"


def _by_rule(rule: Rule, fact: Callable[[CourseRun, Look], str]) -> Condition:
    return Condition(rule.name, lambda look: rule.filter(look.now), fact)


PARTNER = of_partner("course__partner", lambda run: run.course.partner)
UNRESTRICTED = Condition(
    "not restricted", lambda look: unrestricted(look.restrictions), _restriction
)
TYPE_IN_USE = Condition(
    "type in use", type_in_use, lambda run, look: f"Its type is {run.type.slug}."
)
MAY_BE_MARKETED = _by_rule(
    TYPE_IS_MARKETABLE,
    lambda run, look: yes_or_no(
        run.type.is_marketable,
        f"Runs of type {run.type.slug} may be marketed.",
        f"Runs of type {run.type.slug} may not be marketed.",
    ),
)
IS_PUBLISHED = _by_rule(PUBLISHED, lambda run, look: f"Its status is {run.status}.")
NOT_HIDDEN = not_hidden()
WITH_KEY_OF_TODAY = _by_rule(HAS_KEY_OF_TODAY, lambda run, look: f"Its key is {run.key}.")
WITH_SLUG = _by_rule(
    HAS_SLUG, lambda run, look: f"Its slug is {run.slug}." if run.slug else "It has no slug."
)
WITH_SEATS = _by_rule(HAS_SEATS, _seats)
IS_ACTIVE = _by_rule(ACTIVE, lambda run, look: f"{_end(run, look)} {_enrollment(run, look)}")
IS_ENROLLABLE = _by_rule(ENROLLABLE, _enrollment)

LISTED = (OFFICIAL, PARTNER, TYPE_IN_USE, UNRESTRICTED)
INDEXED = (OFFICIAL, MAY_BE_MARKETED, TYPE_IN_USE)
SEARCHED = (*INDEXED, PARTNER, UNRESTRICTED)
MARKETED = (OFFICIAL, IS_PUBLISHED, MAY_BE_MARKETED, WITH_KEY_OF_TODAY, WITH_SLUG, WITH_SEATS)

PLACES: Places = {
    "list": LISTED,
    "search": SEARCHED,
    "facets": (*SEARCHED, IS_PUBLISHED, NOT_HIDDEN),
    "marketable": MARKETED,
    "open for enrollment": (*MARKETED, IS_ACTIVE, IS_ENROLLABLE),
}
