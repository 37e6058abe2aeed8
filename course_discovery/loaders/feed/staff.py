"""Who teaches a run, as its line tells it."""

from collections.abc import Iterable, Mapping, Sequence

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import CourseRun, CourseRunStaff, Person
from course_discovery.course_metadata.operations.references import uuid_of

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
