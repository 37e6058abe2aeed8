"""Putting runs live, and telling people of it."""

from datetime import datetime

from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.operations.course_run_status import put_live
from course_discovery.course_metadata.operations.running import operation
from course_discovery.publisher.mails.later import mail_watchers, mail_went_live


@operation
def go_live(*, run: CourseRun, now: datetime) -> bool:
    """Publish a run that was reviewed; whether it was published by this, and people are told."""
    live = put_live(run=run, now=now)
    if live:
        mail_went_live(run=run, now=now)
        mail_watchers(run=run, now=now)
    return live
