"""Several people write a course at the same moment: whatever comes out is one of their states.

RACE_SEED=number repeats what a failed run printed (what each does, not when each is faster);
RACE_ROUNDS=number runs more races.
"""

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.api.tests.publisher.acts import DONE, Act, Scene, do, drawn_act
from course_discovery.api.tests.publisher.invariants import (
    last_change,
    problems,
    read_stored,
    stale_when_drained,
    states,
)
from course_discovery.api.tests.publisher.stamped_course import (
    BEGINNINGS,
    make_course,
    numbers_of_run,
)
from course_discovery.core.changes import consumers
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.tests.conftest import shared_database
from course_discovery.core.changes.tests.shared import on_shared_database
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun, Organization
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.projections.models import Projection
from course_discovery.projections.tests.freshness import stale_claims
from course_discovery.projections.tests.test_concurrency import PATIENCE, running
from search.tests.steps import drawn

pytestmark = on_shared_database
__all__ = ["shared_database"]
# Races are run in parts, for several processes.
PARTS = 10
ROUNDS = int(os.environ.get("RACE_ROUNDS", "200"))
# How often three act, and not two; and how often the log is drained after a race.
THREE, DRAINED = 0.4, 0.3
# What lets threads overtake each other: how often a statement waits, and for how long at most.
WAITS, LONGEST = 0.1, 0.004


@pytest.fixture
def seed() -> str:
    """The seed, told."""
    return drawn("RACE_SEED")[0]


@pytest.fixture
def north(shared_database: str, partner: Partner, monkeypatch: pytest.MonkeyPatch) -> Organization:
    """An organization; nobody searches."""
    heard = {name: each for name, each in consumers._consumers.items() if name == "projections"}
    assert heard
    monkeypatch.setattr(consumers, "_consumers", heard)
    made: Organization = OrganizationFactory(partner=partner, key="NorthU")
    return made


@pytest.fixture
def often() -> Iterator[None]:
    """Threads take turns often."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(interval / 10)
    yield
    sys.setswitchinterval(interval)


class Race:
    """A course, and a few acts at once."""

    def __init__(self, seed: str, number: int, north: Organization, as_sam: APIClient) -> None:
        self.name = f"RACE_SEED={seed}, race {number}"
        self.chance = random.Random(f"{seed}-{number}")
        self.beginning = self.chance.choice(sorted(BEGINNINGS))
        now = timezone.now()
        course = make_course(north, f"NorthU+R{number}", self.beginning, now)
        run = CourseRun.everything.filter(course=course, key__endswith="+1").get()
        self.scene = Scene(client=as_sam, course=course, run=run)
        if self.chance.random() < 0.5:
            self.scene.read_tags()
        read_stored(course.uuid, now)
        most = 3 if self.chance.random() < THREE else 2
        self.acts = [drawn_act(self.chance, self.scene, place) for place in range(2, 2 + most)]
        self.answers: dict[Act, int] = {}

    def go(self) -> None:
        """Do all of it at once."""
        barrier = threading.Barrier(len(self.acts))

        def work(act: Act) -> Any:
            chance = random.Random(f"{self.name} {act}")

            def waiting(execute: Any, *arguments: Any) -> Any:
                if chance.random() < WAITS:
                    time.sleep(chance.random() * LONGEST)
                return execute(*arguments)

            def run() -> None:
                barrier.wait(PATIENCE)
                with connection.execute_wrapper(waiting):
                    self.answers[act] = do(self.scene, act)

            return run

        with running(*map(work, self.acts)):
            pass

    def done(self, name: str) -> list[Act]:
        """The acts of this name that were done."""
        return [act for act in self.acts if act.name == name and self.answers[act] in DONE]

    def lost(self) -> list[str]:
        """What was answered as done, and is not there."""
        found = []
        edits = self.done("edit run")
        draft = CourseRun.everything.filter(uuid=self.scene.run.uuid, draft=True).first()
        if draft and edits and not numbers_of_run(draft) <= {act.number for act in edits}:
            found.append(f"the edits of the run are lost: {numbers_of_run(draft)}")
        efforts = self.done("edit effort of run")
        if draft and efforts and draft.max_effort not in {act.number for act in efforts}:
            found.append(f"the effort is lost: {draft.max_effort}")
        for edited in (edits + efforts, self.done("edit course")):
            if len([act for act in edited if act.based]) > 1:
                found.append("two edits were based on the same state")
        entries = Change.objects.filter(
            pk__gt=self.since, kind="course_run", uuid=self.scene.run.uuid, draft=True
        )
        if entries.count() < len(edits + efforts):
            found.append(f"{len(edits + efforts)} edits, {entries.count()} entries")
        return found

    def check(self) -> None:
        """Everything that must hold."""
        course = self.scene.course.uuid
        numbers = [1, *(act.number for act in self.acts)]
        wrong = problems(course, self.before, self.since, numbers) + self.lost()
        wrong += stale_claims(timezone.now())
        if self.chance.random() < DRAINED:
            wrong += stale_when_drained(course, timezone.now())
        # Bodies are right, but a run may be told for a course that has gone.
        right = set() if Course.everything.filter(uuid=course).exists() else {"make run"}
        bad = [act.name for act, told in self.answers.items() if told == 400]
        wrong += [f"{name}: 400" for name in bad if name not in right]
        history = "\n".join(f"{act}: {self.answers.get(act)}" for act in self.acts)
        assert not wrong, f"{self.name}, {self.beginning}\n{history}\n{wrong}"

    def run(self) -> None:
        """The race from its start."""
        self.since, self.before = last_change(), states(self.scene.course.uuid)
        self.go()
        self.check()


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_races_leaves_one_state(
    north: Organization, as_sam: APIClient, often: None, seed: str, part: int
) -> None:
    for number in range(part, ROUNDS, PARTS):
        Race(seed, number, north, as_sam).run()
        Course.everything.all().delete()
        Projection.objects.all().delete()
