"""Measures what the dearest query strings cost that somebody might send.

    python -m benchmarks.hostile_queries [--size M] [--worst 10]

The database is the one of `DATABASE_URL`, the engine the one of `SEARCH_URL` (empty = the embedded
one); the database is migrated and, if it has no generated catalog yet, given one of the size, and
indexes are built where there are none.

Every text of `search.tests.hostile` is asked of courses, of runs, and of the search over all kinds.
Written is the processor time of this process, which other work on the same machine changes little.
The exit status is 1 if one costs 250 ms or more.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from benchmarks.generated import prepare, prepare_indexes  # first: it sets Django up

# isort: split
from django.utils import timezone

from course_discovery.course_metadata import models
from search.documents.kinds import COURSE, COURSE_RUN, KINDS, Kind
from search.queries import BadQuery, BadValue
from search.queries.asking import who_answers
from search.queries.criteria import criteria
from search.queries.matching import matching_pks, matching_query
from search.queries.page import search_page
from search.tests.hostile import HOSTILE

LIMIT = 0.25


def main() -> int:
    """Measure, and write what was measured; 1 if something costs too much."""
    options = _options()
    prepare(options.size)
    prepare_indexes()
    sys.stdout.write(f"{who_answers()}, {models.Course.objects.count()} courses\n")
    slow = [
        _report(name, ask, options.worst)
        for name, ask in (
            ("courses", lambda written: _match(COURSE, written)),
            ("runs", lambda written: _match(COURSE_RUN, written)),
            ("search", _search),
        )
    ]
    return int(any(slow))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the dearest query strings.")
    parser.add_argument("--size", choices=["S", "M", "L"], default="M")
    parser.add_argument("--worst", type=int, default=10)
    return parser.parse_args()


def _match(kind: Kind, written: str) -> None:
    for _ in matching_pks(kind, matching_query(kind, written, now=timezone.now())):
        pass


def _search(written: str) -> None:
    search_page(criteria({"q": [written]}, kinds=KINDS, now=timezone.now()))


def _report(name: str, ask: Callable[[str], None], worst: int) -> bool:
    times = []
    refused = 0
    for written in HOSTILE:
        started = time.process_time()
        try:
            ask(written)
        except (BadQuery, BadValue):
            refused += 1
        times.append((time.process_time() - started, written))
    times.sort(reverse=True)
    spent = [seconds for seconds, _ in times]
    sys.stdout.write(
        f"{name}: {len(times)} texts, {refused} of them refused; processor time, ms: "
        f"median {statistics.median(spent) * 1000:.1f}, "
        f"p99 {statistics.quantiles(spent, n=100)[98] * 1000:.1f}, max {spent[0] * 1000:.1f}\n"
    )
    for seconds, written in times[:worst]:
        sys.stdout.write(f"  {seconds * 1000:7.1f}  {written[:70]!a}\n")
    sys.stdout.flush()
    return spent[0] >= LIMIT


if __name__ == "__main__":
    sys.exit(main())
