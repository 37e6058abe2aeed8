"""Sending mails: each is an errand, called for in the transaction of what it tells of.

A mail that a mail server does not take is tried again, its state is shown with the run, and the
change it tells of stands. It says what holds when it is sent.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPException

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from course_discovery.course_metadata.models import CourseRun
from course_discovery.publisher.mails.composing import compose
from course_discovery.publisher.mails.table import (
    INTERNAL_REVIEW,
    LEGAL_REVIEW,
    MAILS,
    REVIEWED,
    WATCHERS,
    WENT_LIVE,
    WENT_LIVE_COORDINATORS,
    Mail,
)
from course_discovery.publisher.models import Errand
from course_discovery.publisher.operations.errands.calling import call_for
from course_discovery.publisher.operations.errands.kinds import (
    ErrandFailed,
    ErrandKind,
    register_errand_kind,
)

MAIL = "mail"

logger = logging.getLogger(__name__)


def register() -> None:
    """Let mails be sent."""
    register_errand_kind(ErrandKind(MAIL, _("Mail"), _sending))


def mail_legal_review(*, run: CourseRun, now: datetime) -> None:
    """Tell the legal team that a run waits for them."""
    send_later(mail=LEGAL_REVIEW, run=run, now=now)


def mail_internal_review(*, run: CourseRun, now: datetime) -> None:
    """Tell the coordinators that a run waits for them."""
    send_later(mail=INTERNAL_REVIEW, run=run, now=now)


def mail_reviewed(*, run: CourseRun, now: datetime) -> None:
    """Tell the editors that a run was reviewed."""
    send_later(mail=REVIEWED, run=run, now=now)


def mail_went_live(*, run: CourseRun, now: datetime) -> None:
    """Tell editors and coordinators that a run is published."""
    send_later(mail=WENT_LIVE, run=run, now=now)
    send_later(mail=WENT_LIVE_COORDINATORS, run=run, now=now)


def mail_watchers(*, run: CourseRun, now: datetime) -> None:
    """Tell the watchers where the course will be, or is; nothing without a publication date."""
    if run.go_live_date is not None:
        send_later(mail=WATCHERS, run=run, now=now)


def send_later(*, mail: Mail, run: CourseRun, now: datetime) -> None:
    """Send the mail after the commit."""
    call_for(
        kind=MAIL,
        subject_kind="course_run",
        subject=run.uuid,
        key=run.key,
        partner=run.course.partner,
        topic=mail.name,
        now=now,
    )


def _sending(errand: Errand) -> Callable[[], None] | None:
    """Send what the errand's topic names. Nothing is sent of a run that is gone."""
    mail = MAILS.get(errand.topic)
    if mail is None:
        raise ErrandFailed(f"no mail is called {errand.topic}", final=True)
    rows = CourseRun.everything.select_related("course__partner", "course__type")
    run = rows.filter(uuid=errand.subject).order_by("-draft").first()
    if run is None:
        return None
    composed = compose(mail=mail, run=run, now=timezone.now())
    if composed.not_sent:
        logger.info("mail %s of %s is not sent: %s", mail.name, run.key, composed.not_sent)
        return None

    def send() -> None:
        try:
            composed.message().send()
        except (SMTPException, OSError) as error:
            raise ErrandFailed(f"no mail could be sent: {type(error).__name__}") from error

    return send
