"""Every mail about a run: subject, recipients, templates."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models import Course, CourseType
from course_discovery.publisher.mails import recipients


@dataclass(frozen=True)
class Mail:
    """One mail. `subject` and `label` are translated; a subject may name `key` and `title`."""

    name: str
    label: Any
    subject: Any
    recipients: Callable[[Course], list[str]]
    template: str


def _own_editors(course: Course) -> list[str]:
    """The editors, but for courses whose provider looks after them elsewhere."""
    return [] if course.type.slug in CourseType.EXTERNAL else recipients.editors(course)


def _team(course: Course) -> list[str]:
    people = [*recipients.editors(course), *recipients.all_coordinators(course)]
    return list(dict.fromkeys(people))


LEGAL_REVIEW = Mail(
    "legal_review",
    _("to the legal team: a review"),
    _("Legal review requested: %(title)s"),
    lambda course: recipients.legal_team(),
    "legal_review",
)
INTERNAL_REVIEW = Mail(
    "internal_review",
    _("to coordinators: a review"),
    _("Review requested: %(key)s - %(title)s"),
    recipients.coordinators,
    "internal_review",
)
REVIEWED = Mail(
    "reviewed",
    _("to editors: reviewed"),
    _("Review complete: %(title)s"),
    _own_editors,
    "reviewed",
)
WENT_LIVE = Mail(
    "went_live",
    _("to editors: published"),
    _("Published: %(title)s"),
    _own_editors,
    "went_live",
)
WENT_LIVE_COORDINATORS = Mail(
    "went_live_coordinators",
    _("to coordinators: published"),
    _("Published: %(key)s - %(title)s"),
    recipients.coordinators,
    "went_live",
)
WATCHERS = Mail(
    "watchers",
    _("to watchers: the address"),
    _("Course URL for %(title)s"),
    recipients.watchers,
    "watchers",
)
# By the days that are left until a run ends.
DEADLINES = {
    days: Mail(f"ends_{name}", label, subject, _team, f"ends_{name}")
    for days, name, label, subject in (
        (90, "in_3_months", _("to the team: ends in 3 months"),
         _("Reminder: %(title)s ends in 3 months")),
        (30, "in_1_month", _("to the team: ends in 1 month"),
         _("Reminder: %(title)s ends in 1 month")),
        (7, "in_7_days", _("to the team: ends in 7 days"),
         _("Reminder: %(title)s ends in 7 days")),
        (-1, "ended", _("to the team: has ended"), _("Reminder: %(title)s has ended")),
    )
}  # fmt: skip

MAILS = {
    mail.name: mail
    for mail in (
        LEGAL_REVIEW, INTERNAL_REVIEW, REVIEWED, WENT_LIVE, WENT_LIVE_COORDINATORS, WATCHERS,
        *DEADLINES.values(),
    )
}  # fmt: skip
