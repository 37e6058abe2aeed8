"""What of the review somebody may do with a run now."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.publisher.roles import may_edit_course, may_review
from course_discovery.publisher.states import TRANSITIONS, Transition, Trigger

# What a button says, by the trigger and where it leads.
LABELS = {
    (Trigger.SUBMIT, CourseRunStatus.REVIEW_BY_LEGAL): _("Submit for review"),
    (Trigger.SUBMIT, CourseRunStatus.REVIEWED): _("Make the draft official"),
    (Trigger.SUBMIT, CourseRunStatus.PUBLISHED): _("Publish the draft"),
    (Trigger.REVIEW, CourseRunStatus.REVIEW_BY_INTERNAL): _("Passes the legal review"),
    (Trigger.REVIEW, CourseRunStatus.REVIEWED): _("Passes the review"),
}


def review_offers(user: Any, run: CourseRun) -> list[Transition]:
    """The ways of the table that the user may let the run go from where it is; the run as stored.

    Edits are no ways to choose, nor is a review that leaves a run where it is.
    """
    return [each for each in TRANSITIONS if each.source == run.status and _may(user, run, each)]


def _may(user: Any, run: CourseRun, transition: Transition) -> bool:
    if transition.trigger == Trigger.SUBMIT:
        return may_edit_course(user, run.course)
    moves = transition.trigger == Trigger.REVIEW and transition.target != transition.source
    return moves and may_review(user, run, transition.target)
