"""Writers of programs, people and curricula at the same moment: no twins, no cycles."""

import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import connection

from course_discovery.core.changes.tests.conftest import shared_database  # noqa: F401
from course_discovery.core.changes.tests.shared import on_shared_database
from course_discovery.course_metadata.models import (
    Curriculum,
    CurriculumProgramMembership,
    Person,
    Program,
)
from course_discovery.course_metadata.operations.curriculum import create_or_update_curriculum
from course_discovery.course_metadata.operations.curriculum_state import CurriculumCycle
from course_discovery.course_metadata.operations.person import create_or_update_person
from course_discovery.course_metadata.operations.program import create_or_update_program
from course_discovery.course_metadata.tests.factories import (
    CurriculumFactory,
    DegreeFactory,
    PartnerFactory,
)

pytestmark = on_shared_database
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
Write = Callable[[], Any]


def at_once(writes: Sequence[Write]) -> list[str]:
    """What became of the writes, each on a connection of its own, in any order."""
    barrier = threading.Barrier(len(writes))

    def run(write: Write) -> str:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            return str(write().outcome)
        except CurriculumCycle:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(writes)) as pool:
        return sorted(pool.map(run, writes))


def test_one_slug_makes_one_program_and_one_person() -> None:
    partner = PartnerFactory.create()
    for number in range(3):
        told: dict[str, Any] = {"partner": partner, "marketing_slug": f"p/{number}", "now": NOW}
        program = partial(create_or_update_program, values={"title": "T"}, **told)
        assert at_once([program] * 3) == ["created", "unchanged", "unchanged"]
        person = partial(
            create_or_update_person,
            partner=partner, slug=f"ada-{number}", values={"given_name": "Ada"},
        )  # fmt: skip
        assert at_once([person] * 3) == ["created", "unchanged", "unchanged"]
    assert Program.objects.count() == Person.objects.count() == 3


def test_one_name_makes_one_curriculum() -> None:
    degree = DegreeFactory.create()
    write = partial(
        create_or_update_curriculum,
        partner=degree.partner,
        values={"program": degree.uuid, "name": "Tools"},
        now=NOW,
    )
    assert at_once([write] * 3) == ["created", "unchanged", "unchanged"]
    assert Curriculum.objects.count() == 1


def test_three_programs_do_not_become_parts_of_each_other() -> None:
    partner = PartnerFactory.create()
    for _ in range(3):
        rows = [
            CurriculumFactory.create(program=DegreeFactory.create(partner=partner))
            for _ in range(3)
        ]
        below: dict[uuid.UUID, uuid.UUID] = {
            row.uuid: following.program.uuid
            for row, following in zip(rows, [*rows[1:], rows[0]], strict=True)
        }
        writes = [
            partial(
                create_or_update_curriculum,
                partner=partner,
                uuid=mark,
                values={"programs": [{"program": program}]},
                now=NOW,
            )
            for mark, program in below.items()
        ]
        assert at_once(writes) == ["refused", "updated", "updated"]
        links = CurriculumProgramMembership.objects.filter(curriculum__in=rows)
        assert links.count() == 2
