"""When the data of a course last changed, for clients that ask for what is new since then."""

from datetime import datetime

from course_discovery.course_metadata.models import Course


def touch_course(*, course: Course, now: datetime) -> None:
    """Let both rows of the course say that their data changed now.

    Called by every operation that changes a part of a course; in its transaction. `now` is the
    time of that operation, not of a longer piece of work: clients ask for what is newer than their
    last look.
    """
    if course.data_modified_timestamp == now:
        return
    rows = Course.everything.filter(partner=course.partner_id, uuid=course.uuid)
    rows.update(data_modified_timestamp=now)
    course.data_modified_timestamp = now
