"""The statuses that a course can be asked for by: those that runs have, and three more.

Each is a rule, so what a list is filtered by and what a course says of its runs cannot disagree.
"""

from datetime import datetime

from django.db.models import Q

from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries.course_run import (
    NOT_ENDED,
    Rule,
    RunFacts,
    all_of,
)

REVIEWS = (CourseRunStatus.REVIEW_BY_LEGAL, CourseRunStatus.REVIEW_BY_INTERNAL)


def _has(status: CourseRunStatus) -> Rule:
    return Rule(
        status.value,
        lambda now: Q(status=status),
        lambda run, now: run["status"] == status,
    )


ENDED = Rule("ended", lambda now: Q(end__lte=now), lambda run, now: not NOT_ENDED.holds(run, now))
UNPUBLISHED = _has(CourseRunStatus.UNPUBLISHED)
IN_REVIEW = Rule(
    "in_review",
    lambda now: Q(status__in=REVIEWS),
    lambda run, now: run["status"] in REVIEWS,
)
UNSUBMITTED = all_of("unsubmitted", UNPUBLISHED, NOT_ENDED)
ARCHIVED = all_of("archived", UNPUBLISHED, ENDED)

# By the names that clients know.
STATUS_RULES = {
    rule.name: rule
    for rule in (*(_has(each) for each in CourseRunStatus), IN_REVIEW, UNSUBMITTED, ARCHIVED)
}


def shown_status(run: RunFacts, now: datetime) -> str:
    """What a course says of a run: its status, but for one that ended unpublished: archived."""
    return ARCHIVED.name if ARCHIVED.holds(run, now) else run["status"]
