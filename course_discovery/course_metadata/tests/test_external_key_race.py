"""Several writers that want the same external key at the same moment: one has it."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

from django.db import connection

from course_discovery.core.changes.tests.conftest import shared_database  # noqa: F401
from course_discovery.core.changes.tests.shared import on_shared_database
from course_discovery.course_metadata.models import (
    CourseRun,
    CurriculumCourseMembership,
    ExternalKeyClaim,
)
from course_discovery.course_metadata.operations.course_run import create_or_update_course_run
from course_discovery.course_metadata.operations.course_run_values import ToldCourseRun
from course_discovery.course_metadata.operations.curriculum import (
    CurriculumCourseValues,
    create_or_update_curriculum,
)
from course_discovery.course_metadata.operations.external_key import ExternalKeyTaken
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    CurriculumFactory,
    PartnerFactory,
)

pytestmark = on_shared_database
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)


def refused_at_once(writes: Sequence[Callable[[], object]]) -> int:
    """How many of the writes, each on a connection of its own, were refused the key."""
    barrier = threading.Barrier(len(writes))

    def run(write: Callable[[], object]) -> bool:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            write()
        except ExternalKeyTaken:
            return True
        finally:
            connection.close()
        return False

    with ThreadPoolExecutor(len(writes)) as pool:
        return sum(pool.map(run, writes))


def test_one_of_several_runs_gets_the_key() -> None:
    partner = PartnerFactory.create()
    course = CourseFactory.create(partner=partner, key="Org+A")
    for number in range(4):
        CourseRunFactory.create(course=course, key=f"course-v1:Org+A+{number}")

    def write(number: int, key: str) -> Callable[[], object]:
        told = ToldCourseRun(f"course-v1:Org+A+{number}", {"external_key": key})
        return lambda: create_or_update_course_run(partner=partner, told=told, now=NOW)

    for attempt in range(3):
        key = f"KEY-{attempt}"
        assert refused_at_once([write(number, key) for number in range(4)]) == 3
        holder = CourseRun.objects.get(external_key=key)
        assert ExternalKeyClaim.objects.get(key_folded=key.lower()).run_uuid == holder.uuid


def test_a_new_key_and_a_new_course_of_the_curriculum_do_not_pass_each_other() -> None:
    partner = PartnerFactory.create()
    for attempt in range(3):
        first, second = (
            CourseRunFactory.create(
                course=CourseFactory.create(partner=partner, key=f"Org+{name}{attempt}"),
                key=f"course-v1:Org+{name}{attempt}+1",
            )
            for name in "AB"
        )
        first.external_key = "KEY"
        first.save()
        curriculum = CurriculumFactory.create(program=None, courses_in=[first.course])
        told = ToldCourseRun(second.key, {"external_key": "KEY"})
        courses: list[CurriculumCourseValues] = [
            {"course": first.course.key}, {"course": second.course.key},
        ]  # fmt: skip
        give = partial(create_or_update_course_run, partner=partner, told=told, now=NOW)
        join = partial(
            create_or_update_curriculum,
            partner=partner, uuid=curriculum.uuid, values={"courses": courses}, now=NOW,
        )  # fmt: skip
        assert refused_at_once([give, join]) == 1
        joined = CurriculumCourseMembership.objects.filter(course=second.course).exists()
        second.refresh_from_db()
        assert joined is (second.external_key is None)
