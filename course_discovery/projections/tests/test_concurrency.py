"""Writers and readers at the same time leave nothing behind that is stale and seems fresh."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from course_discovery.core.changes.drain import drain
from course_discovery.core.changes.tests.conftest import shared_database
from course_discovery.core.changes.tests.shared import on_shared_database
from course_discovery.course_metadata.models import Course, CourseAuthor, Organization
from course_discovery.projections.models import Projection
from course_discovery.projections.stored import read, read_data
from course_discovery.projections.tests.conftest import NOW, Catalog
from course_discovery.projections.tests.freshness import stale_claims
from course_discovery.projections.tests.places import data_of, marked, read_everything

pytestmark = on_shared_database
__all__ = ["shared_database"]
PATIENCE = 20


@contextmanager
def running(*functions: Callable[[], Any]) -> Iterator[None]:
    """Run functions in threads beside the block; what one raises is raised at the end."""
    errors: list[BaseException] = []

    def run(function: Callable[[], Any]) -> None:
        try:
            function()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[each]) for each in functions]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        _join(threads)
    assert not errors, errors
    assert not any(thread.is_alive() for thread in threads)


def _join(threads: list[threading.Thread]) -> None:
    """Wait for threads, awake now and then.

    glibc before 2.41 may lose the wake-up of a thread that hands on the interpreter's lock (its bug
    25847). It would sleep, in a transaction perhaps, until a third thread takes that lock.
    """
    until = time.monotonic() + PATIENCE
    while any(thread.is_alive() for thread in threads) and time.monotonic() < until:
        time.sleep(0.05)


@contextmanager
def open_transaction(write: Callable[[], Any]) -> Iterator[None]:
    """Another thread has written this, and commits after the block."""
    written, may_commit = threading.Event(), threading.Event()

    def work() -> None:
        with transaction.atomic():
            write()
            written.set()
            assert may_commit.wait(PATIENCE)

    with running(work):
        assert written.wait(PATIENCE)
        try:
            yield
        finally:
            may_commit.set()


def rename(course: Course, title: str = "Renamed") -> None:
    Course.everything.filter(pk=course.pk).update(title=title)


def test_what_is_read_before_a_commit_is_not_read_after_it(catalog: Catalog) -> None:
    read_everything(NOW)
    with open_transaction(lambda: rename(catalog.course)):
        assert data_of(catalog.course, NOW)["title"] != "Renamed"
    assert data_of(catalog.course, NOW)["title"] == "Renamed"


def test_who_reads_first_while_a_change_is_open_leaves_nothing_stale(catalog: Catalog) -> None:
    with open_transaction(lambda: rename(catalog.course)):
        assert data_of(catalog.course, NOW)["title"] != "Renamed"
    assert drain()
    assert data_of(catalog.course, NOW)["title"] == "Renamed"


def test_a_link_and_a_change_behind_it_in_two_open_transactions(catalog: Catalog) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("others let nobody write a row that an open transaction points to")
    read_everything(NOW)

    def link() -> None:
        CourseAuthor.objects.create(course=catalog.other, organization=catalog.sponsor)

    with open_transaction(link):
        # Does not see that a course is about to show the organization.
        Organization.objects.filter(pk=catalog.sponsor.pk).update(name="Renamed")
    assert drain()
    owners = data_of(catalog.other, NOW)["owners"]
    assert [each["name"] for each in owners] == ["Renamed"]
    assert stale_claims(NOW) == []


def test_a_reader_does_not_wait_for_a_writer(catalog: Catalog) -> None:
    with open_transaction(lambda: rename(catalog.other)):
        began = time.monotonic()
        assert data_of(catalog.course, NOW)["key"] == catalog.course.key
        assert time.monotonic() - began < 1
        if connection.vendor == "sqlite":
            assert not Projection.objects.exists()
            with connection.cursor() as cursor:
                # As the settings have it again.
                assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
    data_of(catalog.course, NOW)
    assert Projection.objects.filter(kind="course", row=catalog.course.pk).exists()


def test_two_readers_render_the_same_at_the_same_time(catalog: Catalog) -> None:
    pks = [catalog.course.pk, catalog.other.pk]
    barrier = threading.Barrier(4)

    def look() -> None:
        barrier.wait(PATIENCE)
        assert len(read("course", pks, now=NOW)) == 2

    with running(look, look, look, look):
        pass
    read("course", pks, now=NOW)
    assert Projection.objects.filter(kind="course").count() == 2
    assert marked() == set()
    assert stale_claims(NOW) == []


def test_writers_and_readers_that_never_stop(catalog: Catalog) -> None:
    ends = time.monotonic() + 2
    seen: list[str] = []

    def write(course: Course) -> Callable[[], None]:
        def work() -> None:
            number = 0
            while time.monotonic() < ends:
                number += 1
                rename(course, f"{number:05}")
                seats = catalog.seat
                type(seats).everything.filter(pk=seats.pk).update(price=number)
                # What was written a moment ago is read, whoever else writes.
                data = read_data("course", [course.pk], now=NOW)[course.pk]
                assert data["title"] == f"{number:05}"
                time.sleep(0.01)

        return work

    def look() -> None:
        pks = [catalog.course.pk, catalog.other.pk]
        while time.monotonic() < ends:
            titles = [each["title"] for each in read_data("course", pks, now=NOW).values()]
            assert len(titles) == 2
            seen.append(titles[0])

    with running(write(catalog.course), write(catalog.other), look, look):
        pass
    assert seen
    # The drain has not run: marks alone keep what is stored right.
    assert stale_claims(NOW) == []
    assert drain()
    read_everything(NOW)
    assert stale_claims(NOW) == []
    assert marked() == set()
