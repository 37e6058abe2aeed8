"""Measures how soon what was committed is found, and what time changed is right.

    python -m benchmarks.search_freshness [--size M] [--edits 300] [--moments 40] [--seed 1]

The database is the one of `DATABASE_URL`, the engine the one of `SEARCH_URL` (empty = the embedded
one); the database is migrated and, if it has no generated catalog yet, given one of the size, and
indexes are built where there are none. It is edited for good.

There is no broker: the drain thread of this process carries each edit into the index, while the
process goes on editing and searching, as a server does. An edit is found when a search by the words
that it wrote finds the object, a deletion when none does any more. The exit status is 1 if the 99th
percentile is 2 seconds or more.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from benchmarks.generated import PARTNER, prepare, prepare_indexes  # first: it sets Django up

# isort: split
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from course_discovery.core.models import Partner
from course_discovery.course_metadata import models
from course_discovery.course_metadata.operations.course import (
    create_or_update_course,
)
from search.documents.kinds import COURSE, COURSE_RUN, PERSON, PROGRAM, Kind
from search.queries.asking import who_answers
from search.queries.criteria import criteria
from search.queries.page import search_page

LIMIT = 2.0
# Seconds between two looks: whoever looks more often keeps the drain from working.
POLL = 0.03
# Seconds after which an edit counts as lost.
LOST = 30.0
Answer = TypeVar("Answer")
Edit = Callable[[random.Random, str], tuple[Kind, str, int]]


def main() -> int:
    """Measure, and write what was measured; 1 if it is not soon enough."""
    options = _options()
    prepare(options.size)
    prepare_indexes()
    dice = random.Random(options.seed)
    sys.stdout.write(
        f"{connection.vendor}, {who_answers()}, {models.Course.objects.count()} courses, "
        f"{models.CourseRun.objects.count()} runs, seed {options.seed}\n"
    )
    slow = False
    for name, edit in EDITS.items():
        times = [_time_of(edit, dice) for _ in range(options.edits // len(EDITS))]
        slow |= _report(name, times)
    slow |= _report("moments", _times_of_moments(options.moments, dice))
    return int(slow)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how soon edits are found.")
    parser.add_argument("--size", choices=["S", "M", "L"], default="M")
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--moments", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _edit_course(dice: random.Random, word: str) -> tuple[Kind, str, int]:
    course = _any_of(dice, models.Course)
    create_or_update_course(
        partner=course.partner, key=course.key, values={"title": word}, now=timezone.now()
    )
    return COURSE, word, 1


def _edit_run(dice: random.Random, word: str) -> tuple[Kind, str, int]:
    run = dice.choice(list(_shown_runs().order_by("pk")[:500]))
    models.CourseRun.objects.filter(pk=run.pk).update(title_override=word)
    return COURSE_RUN, word, 1


def _edit_program(dice: random.Random, word: str) -> tuple[Kind, str, int]:
    program = _any_of(dice, models.Program)
    program.title = word
    program.save()
    return PROGRAM, word, 1


def _edit_person(dice: random.Random, word: str) -> tuple[Kind, str, int]:
    models.Person.objects.filter(pk=_any_of(dice, models.Person).pk).update(family_name=word)
    return PERSON, word, 1


def _add_course(dice: random.Random, word: str) -> tuple[Kind, str, int]:
    partner = Partner.objects.get(short_code=PARTNER)
    create_or_update_course(
        partner=partner, key=f"New+{word}", values={"title": word}, now=timezone.now()
    )
    return COURSE, word, 1


def _delete_course(dice: random.Random, word: str) -> tuple[Kind, str, int]:
    course = _any_of(dice, models.Course)
    key = course.key
    models.Course.everything.filter(uuid=course.uuid).delete()
    return COURSE, f"key:={key}", 0


EDITS: dict[str, Edit] = {
    "course edited": _edit_course,
    "run edited": _edit_run,
    "program edited": _edit_program,
    "person edited": _edit_person,
    "course added": _add_course,
    "course deleted": _delete_course,
}


def _any_of(dice: random.Random, model: Any) -> Any:
    rows = model.objects.filter(partner__short_code=PARTNER).order_by("pk")
    return rows[dice.randrange(rows.count())]


def _time_of(edit: Edit, dice: random.Random) -> float:
    """Seconds from the commit of an edit until it is found."""
    time.sleep(dice.uniform(0, 0.3))
    # One that no run before this one has written.
    word = f"w{time.time_ns():x}"
    committed, (kind, query, wanted) = _patiently(lambda: _commit(edit, dice, word))
    while _count(kind, query) != wanted:
        if time.monotonic() - committed > LOST:
            return LOST
        time.sleep(POLL)
    return time.monotonic() - committed


def _commit(edit: Edit, dice: random.Random, word: str) -> tuple[float, tuple[Kind, str, int]]:
    """What was edited, and when its commit began."""
    with transaction.atomic():
        edited = edit(dice, word)
        return time.monotonic(), edited


def _times_of_moments(number: int, dice: random.Random) -> list[float]:
    """Seconds from the end of each of some runs until a search finds it archived."""
    rows = _shown_runs().filter(end__gt=timezone.now() + timedelta(days=1))
    runs = dice.sample(list(rows.order_by("pk")), min(number, rows.count()))
    begin = timezone.now() + timedelta(seconds=20 + number)
    ends: dict[str, datetime] = {}
    for run in runs:
        end = begin + timedelta(seconds=dice.uniform(0, number / 2))
        _patiently(lambda run=run, end=end: _end(run, end))
        ends[run.key] = end
    if timezone.now() > begin:
        raise RuntimeError("this machine is too busy: the first moment passed too early")
    late: list[float] = []
    while ends:
        passed = [key for key, end in ends.items() if timezone.now() >= end]
        archived = _archived(passed)
        for key in passed:
            waited = (timezone.now() - ends[key]).total_seconds()
            if key in archived or waited >= LOST:
                late.append(waited)
                del ends[key]
        time.sleep(POLL)
    return late


def _shown_runs() -> Any:
    """The runs that searches show."""
    return COURSE_RUN.rows().filter(restricted_run__isnull=True)


def _end(run: models.CourseRun, end: datetime) -> None:
    models.CourseRun.objects.filter(pk=run.pk).update(start=end - timedelta(days=9), end=end)


def _patiently(write: Callable[[], Answer]) -> Answer:
    """SQLite has one writer at a time; a commit that failed is none."""
    while True:
        try:
            return write()
        except OperationalError:
            time.sleep(0.05)


def _count(kind: Kind, query: str) -> int:
    return search_page(criteria({"q": [query]}, kinds=[kind], now=timezone.now()), size=1).count


def _archived(keys: Sequence[str]) -> set[str]:
    """Those of these runs that are found as archived."""
    if not keys:
        return set()
    wanted = {"key": list(keys), "availability": ["Archived"]}
    page = search_page(criteria(wanted, kinds=[COURSE_RUN], now=timezone.now()), size=1000)
    return {hit.source["key"] for hit in page.hits}


def _report(name: str, times: Sequence[float]) -> bool:
    """Write the percentiles; whether they are too high."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    sys.stdout.write(
        f"{name:16} {len(times):4} times, p50 {cuts[49]:.3f} s, p90 {cuts[89]:.3f} s, "
        f"p99 {cuts[98]:.3f} s, most {max(times):.3f} s\n"
    )
    sys.stdout.flush()
    return cuts[98] >= LIMIT


if __name__ == "__main__":
    sys.exit(main())
