"""Keys of new runs (decision 6)."""

from datetime import UTC, datetime

import pytest

from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.operations.course_run_key import BadCourseRunKey
from course_discovery.course_metadata.tests.factories import CourseRunFactory
from course_discovery.publisher.models import CourseRunKeyReservation
from course_discovery.publisher.operations.course_run_key import (
    HELD,
    release_course_run_key,
    reserve_course_run_key,
)
from course_discovery.publisher.queries.course_run_key import free_term
from course_discovery.publisher.tests.course_runs import NOW, draft_course


@pytest.fixture
def course(db: None) -> Course:
    return draft_course()


def reserve(course: Course, month: int = 2, term: str | None = None) -> str:
    start = datetime(2027, month, 1, tzinfo=UTC)
    return reserve_course_run_key(course=course, start=start, term=term, now=NOW)


@pytest.mark.parametrize(
    ("month", "run"),
    [(1, "1T2027"), (4, "1T2027"), (5, "2T2027"), (8, "2T2027"), (9, "3T2027"), (12, "3T2027")],
)
def test_the_run_part_is_the_third_of_the_year(course: Course, month: int, run: str) -> None:
    assert reserve(course, month) == f"course-v1:NorthU+PHY1+{run}"


def test_keys_that_are_reserved_or_in_use_get_letters(course: Course) -> None:
    CourseRunFactory(course=course, key="course-v1:NorthU+PHY1+1t2027")
    CourseRunFactory(course=course, key="NorthU/PHY1/1T2027a")
    keys = [reserve(course) for _ in range(3)]
    assert [key.rpartition("+")[2] for key in keys] == ["1T2027b", "1T2027c", "1T2027d"]


def test_runs_of_other_courses_do_not_clash(course: Course) -> None:
    for key in ("NorthU+PHY101", "NorthU+PHY", "SouthU+PHY1", "NorthU+PHY1x", "NorthU+PHY_"):
        CourseRunFactory(course=course, key=f"course-v1:{key}+1T2027")
    assert reserve(course) == "course-v1:NorthU+PHY1+1T2027"


def test_after_z_come_two_letters(course: Course) -> None:
    for letter in ["", *"abcdefghijklmnopqrstuvwxyz"]:
        CourseRunFactory(course=course, key=f"course-v1:NorthU+PHY1+1T2027{letter}")
    assert free_term("NorthU", "PHY1", "1T2027", now=NOW) == "1T2027aa"


def test_a_reservation_ends(course: Course) -> None:
    key = reserve(course)
    release_course_run_key(key=key.upper())
    assert reserve(course) == key
    CourseRunKeyReservation.objects.update(expires=NOW)
    assert reserve(course) == key
    assert CourseRunKeyReservation.objects.get().expires == NOW + HELD


def test_a_renamed_course_makes_runs_under_its_new_key(course: Course) -> None:
    course.key_for_reruns = "NorthU+PHYS"
    assert reserve(course) == "course-v1:NorthU+PHYS+1T2027"


def test_a_term_counts_where_keys_are_made_by_hand(course: Course) -> None:
    assert reserve(course, term="Spring") == "course-v1:NorthU+PHY1+1T2027"
    course.authoring_organizations.update(auto_generate_course_run_keys=False)
    assert reserve(course, term="Spring") == "course-v1:NorthU+PHY1+Spring"
    assert reserve(course, term="Spring") == "course-v1:NorthU+PHY1+Springa"
    for term in ("a b", "x" * 300, "a+b", "ä/ö"):
        with pytest.raises(BadCourseRunKey):
            reserve(course, term=term)
    assert CourseRunKeyReservation.objects.count() == 3


def test_a_run_that_was_written_meanwhile_is_seen(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else wrote the run and let go of its key between our look and our reservation."""
    looks: list[str] = []

    def look(organization: str, number: str, term: str, *, now: datetime) -> str:
        found = free_term(organization, number, term, now=now)
        if not looks:
            CourseRunFactory(course=course, key=f"course-v1:{organization}+{number}+{found}")
        looks.append(found)
        return found

    where = "course_discovery.publisher.operations.course_run_key.free_term"
    monkeypatch.setattr(where, look)
    assert reserve(course) == "course-v1:NorthU+PHY1+1T2027a"
    assert looks == ["1T2027", "1T2027a"]
    assert CourseRun.everything.count() == 1
