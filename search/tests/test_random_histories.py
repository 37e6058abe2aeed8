"""Whatever happens in whatever order, the indexes end up equal to the database.

RANDOM_HISTORIES=first,last,steps runs the histories of these seeds, each of so many steps.
"""

import os
import random
from collections.abc import Callable
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from freezegun import freeze_time
from pytest_django import Settings

from course_discovery.projections.tests.conftest import NOW
from course_discovery.projections.tests.random_edits import World, one_edit
from learner_pathway.tests.factories import (
    LearnerPathwayBlockFactory,
    LearnerPathwayCourseFactory,
    LearnerPathwayProgramFactory,
    LearnerPathwayScopeFactory,
)
from search.documents.kinds import KINDS
from search.indexing import comparing
from search.indexing.names import in_use
from search.tests.catalog import make_course, make_pathway, make_person, make_program

pytestmark = pytest.mark.django_db
# A part of the steps is no edit: the log is drained, or an index is built anew.
DRAINED, REBUILT = 0.3, 0.03
CHOSEN = os.environ.get("RANDOM_HISTORIES", "0,49,12")
FIRST, LAST, STEPS = (int(each) for each in CHOSEN.split(","))


@pytest.fixture
def catalog(indexes: Settings) -> None:
    """Courses with runs, in programs and pathways, and taught by people."""
    for key in ("MITx+1", "ETHx+2", "MITx+3"):
        course = make_course(key, runs=2)
        program = make_program(course)
        make_person(*course.course_runs.all())
        make_pathway(course, program)
    LearnerPathwayBlockFactory()
    LearnerPathwayCourseFactory()
    LearnerPathwayProgramFactory()
    LearnerPathwayScopeFactory()


def one_step(world: World, drain: Callable[[], None]) -> None:
    what = world.chance.random()
    if what < REBUILT:
        kind = world.chance.choice(KINDS)
        call_command(
            "update_index", "--models", kind.name, "--disable-change-limit", stdout=StringIO()
        )
        world.done.append(f"rebuild {kind.name}")
    elif what < DRAINED:
        drain()
        world.done.append("drain")
    else:
        edit_as_if_committed(world)


def edit_as_if_committed(world: World) -> None:
    """Make one edit; what the database would refuse at its commit is taken back."""
    try:
        with transaction.atomic():
            one_edit(world)
            connection.check_constraints()
    except IntegrityError:
        world.done.append("refused at its commit")


def differences(now: datetime) -> dict[str, list[list[str]]]:
    """The uuids of documents that are not as they should be."""
    found = {}
    for kind in KINDS:
        [index] = in_use(kind.alias)
        if wrong := list(comparing.differing(kind, index, now)):
            found[kind.name] = wrong
    return found


@pytest.mark.parametrize("seed", range(FIRST, LAST + 1))
def test_indexes_are_equal_to_the_database_at_last(
    catalog: None, drain: Callable[[], None], seed: int
) -> None:
    world = World(random.Random(seed), NOW)
    for step in range(STEPS):
        with freeze_time(world.now, ignore=["elastic_transport", "urllib3"]):
            one_step(world, drain)
        if world.done[-1] == "drain" or step == STEPS - 1:
            with freeze_time(world.now, ignore=["elastic_transport", "urllib3"]):
                drain()
                wrong = differences(world.now)
            history = "\n".join(world.done[-8:])
            assert not wrong, f"RANDOM_HISTORIES={seed},{seed},{step + 1}\n{history}\n{wrong}"
