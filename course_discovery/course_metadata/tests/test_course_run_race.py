"""Several writers that tell of the same new run at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection

from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseUrlSlug,
    Organization,
    Seat,
)
from course_discovery.course_metadata.operations.course_run import create_or_update_course_run
from course_discovery.course_metadata.operations.course_run_values import ToldCourseRun
from course_discovery.course_metadata.tests.factories import PartnerFactory

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
WRITERS = 4


@pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="SQLite has one writer at a time: no two operations can overlap",
)
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_writers_at_the_same_moment_make_no_twins() -> None:
    partner = PartnerFactory.create()
    barrier = threading.Barrier(WRITERS)

    def write(number: int) -> list[str]:
        outcomes = []
        try:
            for run in range(5):
                told = ToldCourseRun(
                    f"course-v1:edX+C{run}+1",
                    {"title_override": "Same title", "status": "published"},
                    course_values={"title": "Same title"},
                    seats=[{"type": "audit", "price": Decimal(0)}],
                )
                barrier.wait()
                written = create_or_update_course_run(partner=partner, told=told, now=NOW)
                outcomes.append(str(written.outcome))
        finally:
            connection.close()
        return outcomes

    with ThreadPoolExecutor(WRITERS) as pool:
        outcomes = list(pool.map(write, range(WRITERS)))

    for of_one_run in zip(*outcomes, strict=True):
        assert sorted(of_one_run) == ["created", *["unchanged"] * (WRITERS - 1)]
    assert CourseRun.everything.count() == Course.everything.count() == Seat.everything.count() == 5
    assert Organization.objects.count() == 1
    assert CourseUrlSlug.objects.filter(is_active=True).count() == 5
