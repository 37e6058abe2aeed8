"""Which runs' teams are told that the run ends."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple, TypedDict

from django.conf import settings
from django.db.models import Q

from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.queries.course import RunOfCourse, advertised_run
from course_discovery.course_metadata.queries.course_run import facts_of_run
from course_discovery.publisher.mails.later import MAIL
from course_discovery.publisher.mails.table import DEADLINES, Mail
from course_discovery.publisher.models import Errand

ENDED = -1
_BATCH = 200


class Deadline(NamedTuple):
    """A mail that is due today, of a run."""

    run: CourseRun
    mail: Mail


class _Facts(RunOfCourse):
    row: CourseRun


class _Day(TypedDict):
    """The range of moments of a day, as filters say it."""

    end__gte: datetime
    end__lt: datetime


def deadlines(now: datetime) -> Iterator[Deadline]:
    """What is to be sent on the day of `now` (UTC), but for what was called for that day.

    Of courses of the default product source: when the advertised run ends in 90, 30 or 7 days or
    ended the day before, unless a run that was reviewed waits to follow it. Without a run to
    advertise, when the last run ended the day before.
    """
    ends = Q()
    for days in DEADLINES:
        ends |= Q(**_day(now, days))
    courses = Course.objects.filter(
        product_source__slug=settings.DEFAULT_PRODUCT_SOURCE_SLUG,
        pk__in=CourseRun.objects.filter(ends).values("course"),
    ).order_by("pk")
    keys = list(courses.values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        yield from _of_courses(keys[start : start + _BATCH], now)


def _of_courses(courses: list[int], now: datetime) -> Iterator[Deadline]:
    rows = CourseRun.objects.filter(course__in=courses).order_by("pk")
    runs: defaultdict[int, list[CourseRun]] = defaultdict(list)
    for run in rows.select_related("type", "course__partner").prefetch_related("seats"):
        runs[run.course_id].append(run)
    found = [due for course in courses if (due := _of_course(runs[course], now))]
    told = _called_for_today([due.run for due in found], now)
    yield from (due for due in found if (due.run.uuid, due.mail.name) not in told)


def _of_course(runs: list[CourseRun], now: datetime) -> Deadline | None:
    advertised = advertised_run([_facts(run) for run in runs], now)
    if advertised is None:
        last = max((run for run in runs if run.end), key=lambda run: run.end, default=None)
        if last is not None and _days_left(last, now) == ENDED:
            return Deadline(last, DEADLINES[ENDED])
        return None
    days = _days_left(advertised["row"], now)
    mail = None if days is None else DEADLINES.get(days)
    if mail is None or any(run.status == CourseRunStatus.REVIEWED for run in runs):
        return None
    return Deadline(advertised["row"], mail)


def _facts(run: CourseRun) -> _Facts:
    return {**facts_of_run(run), "uuid": str(run.uuid), "hidden": run.hidden, "row": run}


def _days_left(run: CourseRun, now: datetime) -> int | None:
    return (run.end.astimezone(UTC).date() - now.astimezone(UTC).date()).days if run.end else None


def _day(now: datetime, days: int) -> _Day:
    day = now.astimezone(UTC).date() + timedelta(days=days)
    start = datetime.combine(day, time(), UTC)
    return {"end__gte": start, "end__lt": start + timedelta(days=1)}


def _called_for_today(runs: list[CourseRun], now: datetime) -> set[tuple[object, str]]:
    today = _day(now, 0)["end__gte"]
    errands = Errand.objects.filter(
        kind=MAIL, subject__in=[run.uuid for run in runs], called_for_at__gte=today
    )
    return set(errands.values_list("subject", "topic"))
