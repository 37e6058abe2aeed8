"""Processes that are killed anywhere while they publish: all of a write is there, or nothing of it.

KILL_SEED=number repeats what a failed run printed; PUBLISHING_KILLS=number kills more often.
"""

import json
import os
import random
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from course_discovery.api.tests.publisher.acts import DONE, Act
from course_discovery.api.tests.publisher.invariants import (
    last_change,
    problems,
    read_stored,
    stale_when_drained,
    states,
)
from course_discovery.api.tests.publisher.stamped_course import make_course
from course_discovery.clients.tests.standins.platform import StandInPlatform
from course_discovery.core.changes import consumers
from course_discovery.core.changes.tests.conftest import shared_database
from course_discovery.core.changes.tests.shared import on_shared_database
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, CourseRun, Organization
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.projections.models import Projection
from course_discovery.projections.tests.freshness import stale_claims
from course_discovery.publisher.models import Errand, ErrandState
from course_discovery.publisher.tests.people import edits
from course_discovery.publisher.tests.stand_ins import platform
from search.tests.machine import Machine
from search.tests.steps import drawn

pytestmark = on_shared_database
__all__ = ["platform", "shared_database"]
# Kills are done in parts, for several processes.
PARTS = 2
ROUNDS = int(os.environ.get("PUBLISHING_KILLS", "20"))
# What is done, and where a run may stand that it is done to.
KILLED = (
    (Act("edit run", 2, submits=True), ("new", "reviewed", "published", "never drafted")),
    (Act("edit run", 2), ("reviewed", "never drafted", "reviewed, never drafted")),
    (Act("edit course", 2, submits=True), ("reviewed", "published", "never drafted")),
    (Act("review run", 2, status="reviewed"), ("in review", "in review again", "in legal review")),
    (Act("go live", 2), ("reviewed",)),
    (Act("make run", 2), ("new", "published", "never drafted")),
    (Act("delete run", 2), ("new",)),
    (Act("delete course", 2), ("new",)),
    (Act("archive", 2), ("published",)),
)
KILL = -9


class Writer:
    """Processes that write."""

    def __init__(self, machine: Machine, overrides: dict[str, Any]) -> None:
        code = (
            "from course_discovery.api.tests.publisher.writer import serve\n"
            f"serve(json.loads({json.dumps(json.dumps(overrides))}))"
        )
        self.process: subprocess.Popen[str] = machine.start(code)

    def run(self, name: str, *, at: int = 0, **job: Any) -> dict[str, Any]:
        """Have a job done; its answer and how it ended. It is killed at the step `at`."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"name": name, "at": at, **job}) + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = {}
        while "ended" not in told:
            line = self.process.stdout.readline()
            assert line, self.process.communicate()[1]
            told |= json.loads(line)
        assert told["ended"] == (KILL if at else 0), told
        return told

    def act(self, act: Act, course: UUID, *, at: int = 0) -> dict[str, Any]:
        """Have somebody do something to a course."""
        return self.run("act", at=at, act=asdict(act), course=str(course))


@pytest.fixture
def writer(
    shared_database: str, told_north: Organization, platform: StandInPlatform, tmp_path: Path
) -> Iterator[Writer]:
    """Processes that know the database and the platform, and nothing else."""
    machine = Machine(tmp_path, "{}", "")
    machine.environment["DATABASE_URL"] = shared_database
    overrides = {
        **platform.settings,
        "ALLOWED_HOSTS": ["*"],
        "CHANGES_DRAIN_IN_PROCESS": False,
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "MEDIA_ROOT": str(tmp_path),
    }
    made = Writer(machine, overrides)
    yield made
    made.process.communicate(timeout=30)


@pytest.fixture
def told_north(
    shared_database: str, partner: Partner, platform: StandInPlatform,
    monkeypatch: pytest.MonkeyPatch,
) -> Organization:  # fmt: skip
    """An organization whose partner has Studio, shop and LMS; nobody searches."""
    heard = {name: each for name, each in consumers._consumers.items() if name == "projections"}
    monkeypatch.setattr(consumers, "_consumers", heard)
    Partner.objects.filter(pk=partner.pk).update(**platform.addresses)
    partner.refresh_from_db()
    made: Organization = OrganizationFactory(partner=partner, key="NorthU")
    return made


class Kill:
    """A course, what is done to it, and a process that is killed at that."""

    def __init__(
        self, chance: random.Random, number: int, north: Organization, sam: User,
        platform: StandInPlatform, writer: Writer,
    ) -> None:  # fmt: skip
        self.chance, self.writer = chance, writer
        self.act, beginnings = chance.choice(KILLED)
        self.beginning = chance.choice(beginnings)
        # What happens to the first one tells how many steps there are.
        self.courses = [
            make_course(north, f"NorthU+K{number}{letter}", self.beginning, timezone.now()).uuid
            for letter in "ab"
        ]
        for row in Course.everything.filter(uuid__in=self.courses, draft=True):
            edits(sam, row)
        for run in CourseRun.everything.filter(course__uuid__in=self.courses):
            platform.studio.has(run.key)

    def run(self) -> list[str]:
        """What does not hold."""
        whole = self.writer.act(self.act, self.courses[0])
        assert whole["answer"] in DONE, whole
        course = self.courses[1]
        read_stored(course, timezone.now())
        before, since = states(course), last_change()
        self.at = self.chance.randint(1, whole["steps"])
        self.writer.act(self.act, course, at=self.at)
        after = states(course)
        wrong = problems(course, before, since, (1, self.act.number))
        wrong += stale_claims(timezone.now())
        # Nothing that the dead process held keeps others from doing it again.
        if after == before:
            again = self.writer.act(self.act, course)["answer"]
            if again not in DONE:
                wrong.append(f"it cannot be done again: {again}")
            wrong += problems(course, before, since, (1, self.act.number))
        if shape(after) not in (shape(before), shape(states(course))):
            wrong.append("it was half done")
        return wrong + self.finished(course)

    def finished(self, course: UUID) -> list[str]:
        """What is left undone by the next processes, of which one may be killed too."""
        if self.chance.random() < 0.5:
            self.writer.run("errands", at=self.chance.randint(1, 30), later=False)
        self.writer.run("errands", later=True)
        left = Errand.objects.exclude(state=ErrandState.DONE)
        wrong = [f"{each} is {each.state}: {each.last_error}" for each in left]
        self.writer.run("drain")
        return wrong + stale_when_drained(course, timezone.now())


def shape(found: Any) -> Any:
    """States but for moments of announcement, which are those of the act."""
    moments = {"announcement"}
    return {
        identity: (
            [value for name, value in columns if name not in moments], parts
        )
        for identity, (columns, parts) in found.items()
    }  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
def test_a_process_that_is_killed_anywhere_leaves_all_or_nothing(
    writer: Writer, told_north: Organization, sam: User, platform: StandInPlatform, part: int
) -> None:
    seed, _chance = drawn("KILL_SEED")
    for number in range(part, ROUNDS, PARTS):
        chance = random.Random(f"{seed}-{number}")
        kill = Kill(chance, number, told_north, sam, platform, writer)
        wrong = kill.run()
        assert not wrong, (
            f"KILL_SEED={seed}, {number}: {kill.act}, {kill.beginning}, at {kill.at}\n{wrong}"
        )
        Course.everything.all().delete()
        Projection.objects.all().delete()
    assert not platform.broken
