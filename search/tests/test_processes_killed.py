"""Processes that are killed anywhere: what readers find stays whole, and the index heals.

KILL_SEED=number repeats what a failed run printed; KILL_ROUNDS=number kills more often.
"""

import os
import random

import pytest

from search.documents.kinds import COURSE, KINDS
from search.indexing.comparing import count
from search.indexing.names import in_use, indexes_of
from search.tests.machine import KILL, MAKE_COURSE, UPDATE_INDEX, Machine
from search.tests.steps import drawn

COURSES = 20
ROUNDS = int(os.environ.get("KILL_ROUNDS", "3"))
# Ends the process at the KILL_AT-th step.
STEPS = """
import random
from search.tests import steps
settings.CHANGES_DRAIN_IN_PROCESS = False
steps.count_steps()
"""
BEGIN = "steps.begin(int(os.environ['KILL_AT']))\n"
EDIT = """
from course_discovery.course_metadata.models import Course
draw = random.Random(os.environ["EDITS"])
courses = list(Course.everything.order_by("pk"))
for course in draw.sample(courses, 5):
    Course.everything.filter(pk=course.pk).update(title=f"Edited {draw.random()}")
draw.choice(courses).delete()
make_course(f"ETHx+{draw.random()}")
"""
REBUILD = f"{EDIT}{BEGIN}{UPDATE_INDEX}print(steps.taken())\n"
FEED = (
    f"{EDIT}{BEGIN}"
    "from course_discovery.core.changes.drain import drain\nassert drain()\nprint(steps.taken())\n"
)
CHECK = "call_command('check_index', stdout=sys.stdout)"


@pytest.fixture
def draw() -> random.Random:
    """Chance, with the seed told."""
    return drawn("KILL_SEED")[1]


@pytest.fixture
def built(machine: Machine) -> Machine:
    """A machine with courses that are indexed."""
    machine.run(
        f"{MAKE_COURSE}for number in range({COURSES}):\n"
        f"    make_course(f'MITx+{{number}}'){UPDATE_INDEX}"
    )
    return machine


@pytest.mark.parametrize("work", [REBUILD, FEED], ids=["rebuild", "feed"])
def test_process_that_is_killed_anywhere_does_no_harm(
    built: Machine, draw: random.Random, work: str
) -> None:
    built.environment |= {"KILL_AT": "0", "EDITS": "first"}
    most = int(built.run(STEPS + MAKE_COURSE + work))
    for place in range(ROUNDS):
        # Some part of the way each, and anywhere in it.
        at = draw.randint(place * most // ROUNDS + 1, (place + 1) * most // ROUNDS)
        built.environment |= {"KILL_AT": str(at), "EDITS": str(draw.random())}
        # Other edits may take fewer steps: then it is killed at its end.
        built.run(STEPS + MAKE_COURSE + work + KILL, status=-9)
        assert all(len(in_use(kind.alias)) == 1 for kind in KINDS)
        assert count(COURSE.alias) >= COURSES - 1
        # The changes that the dead process owed are brought by the next one that looks.
        built.run(CHECK)
        assert count(COURSE.alias) == COURSES
    left = built.run(
        f"from search.models import IndexBuild{UPDATE_INDEX}print(IndexBuild.objects.count())"
    )
    assert left == "0"
    built.run(CHECK)
    for kind in KINDS:
        assert in_use(kind.alias) == indexes_of(kind.alias)[-1:]
        assert len(indexes_of(kind.alias)) <= 4
