"""Who teaches a run, as its line tells it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun, CourseRunStaff, Person
from course_discovery.course_metadata.operations.course_run import create_or_update_course_run
from course_discovery.course_metadata.operations.course_run_values import ToldCourseRun
from course_discovery.course_metadata.operations.data_modified import touch_course
from course_discovery.course_metadata.operations.ordered import set_targets
from course_discovery.course_metadata.operations.references import people_named, uuid_of
from course_discovery.course_metadata.operations.running import Outcome, operation

Staff = Mapping[int, Sequence[Person]]


def staff_of(runs: Iterable[CourseRun]) -> Staff:
    """Who teaches these run rows, in order, by the row's key; one query."""
    links = CourseRunStaff.objects.filter(course_run__in=list(runs)).select_related("person")
    found: dict[int, list[Person]] = {}
    for link in links:
        found.setdefault(link.course_run_id, []).append(link.person)
    return found


def is_staff(people: Sequence[Person], names: Sequence[str]) -> bool:
    """Whether these people, in this order, are those that `names` (uuids or slugs) tells."""
    return len(people) == len(names) and all(
        (uuid_of(name) or fold(name)) in (person.uuid, fold(person.slug))
        for person, name in zip(people, names, strict=True)
    )


@operation
def write_run_and_staff(
    *, partner: Partner, told: ToldCourseRun, staff: Sequence[str] | None, now: datetime
) -> Outcome:
    """`create_or_update_course_run`, and the staff of all its rows unless `staff` is None.

    Raises Refusal, UnknownPerson among it.
    """
    run, outcome = create_or_update_course_run(partner=partner, told=told, now=now)
    if staff is None:
        return outcome
    people = people_named(partner, staff)
    changed = False
    for row in CourseRun.everything.filter(uuid=run.uuid):
        changed |= set_targets(row.staff_links, "person", people)
    if not changed:
        return outcome
    touch_course(course=run.course, now=now)
    return Outcome.of(created=outcome is Outcome.CREATED, changed=True)
