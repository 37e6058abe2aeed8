"""When the data of courses and programs last changed, for clients that ask for what is new."""

from datetime import datetime

from course_discovery.course_metadata.models import Course, Program


def touch_course(*, course: Course, now: datetime) -> None:
    """Let both rows of the course, and the programs that it is part of, say that they changed now.

    Called by every operation that changes a part of a course; in its transaction. `now` is the
    time of that operation, not of a longer piece of work: clients ask for what is newer than their
    last look.
    """
    if course.data_modified_timestamp == now:
        return
    rows = Course.everything.filter(partner=course.partner_id, uuid=course.uuid)
    rows.update(data_modified_timestamp=now)
    course.data_modified_timestamp = now
    programs = Program.objects.filter(courses__uuid=course.uuid, partner=course.partner_id)
    programs.update(data_modified_timestamp=now)


def touch_program(*, program: Program, now: datetime) -> None:
    """Let the program say that its data changed now, in the transaction that changes them."""
    if program.data_modified_timestamp == now:
        return
    Program.objects.filter(pk=program.pk).update(data_modified_timestamp=now)
    program.data_modified_timestamp = now
