"""Which keys of course runs are in use."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count, product
from string import ascii_lowercase

from django.db.models import Q

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.publisher.models import CourseRunKeyReservation

_MONTHS = 4


def course_part(course: Course) -> tuple[str, str]:
    """Organization and number of the keys of a course's new runs."""
    key = course.key_for_reruns or course.key
    organization, _sign, number = key.replace("/", "+", 1).partition("+")
    return organization, number


def term_of(start: datetime) -> str:
    """The third of the year that a run starts in: `1T2027`."""
    return f"{-(-start.month // _MONTHS)}T{start.year}"


def free_term(organization: str, number: str, term: str, *, now: datetime) -> str:
    """The first free run part of a new key: `term`, else terma ... termz, termaa.

    Clashes are told by runs of exactly this organization and number, in both forms of a key, and by
    keys that are reserved.
    """
    taken = _terms_in_use(organization, number, now)
    return next(each for each in _terms(term) if fold(each) not in taken)


def _terms(term: str) -> Iterator[str]:
    yield term
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield term + "".join(letters)


def _terms_in_use(organization: str, number: str, now: datetime) -> set[str]:
    part = fold(f"{organization}+{number}")
    prefixes = (f"course-v1:{part}+", f"{part.replace('+', '/', 1)}/")
    begins = Q()
    for prefix in prefixes:
        begins |= Q(key_folded__startswith=prefix)
    runs = CourseRun.everything.filter(begins).values_list("key_folded", flat=True)
    reserved = CourseRunKeyReservation.objects.filter(begins, expires__gt=now)
    keys = {*runs, *reserved.values_list("key_folded", flat=True)}
    return {key.removeprefix(prefix) for key in keys for prefix in prefixes}
