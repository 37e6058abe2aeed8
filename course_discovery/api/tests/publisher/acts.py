"""What people and the service do to a course at the same moment, each written once."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.api.tests.publisher.stamped_course import (
    COURSES,
    RUNS,
    course_body,
    numbers_of_answer,
    run_body,
)
from course_discovery.core.changes.drain import drain
from course_discovery.course_metadata.models import Course, CourseRun, CourseRunType
from course_discovery.course_metadata.operations.archiving import archive_course
from course_discovery.course_metadata.operations.course_run_status import unpublish_inactive_runs
from course_discovery.publisher.operations.course_run.going_live import go_live

DONE = frozenset({200, 201, 204})


@dataclass(frozen=True)
class Act:
    """Something that somebody does: `number` is what its texts bear, `based` its entity tag."""

    name: str
    number: int = 0
    submits: bool = False
    based: str | None = None
    status: str = ""


@dataclass
class Scene:
    """Who writes a course and its run, and the entity tags that were read before."""

    client: APIClient
    course: Course
    run: CourseRun
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def addresses(self) -> dict[str, str]:
        """Of the course and its run."""
        return {"course": f"{COURSES}{self.course.uuid}/", "run": f"{RUNS}{self.run.key}/"}

    def read_tags(self) -> None:
        """What an editor read before."""
        self.tags = {
            name: self.client.get(f"{address}?editable=1")["ETag"]
            for name, address in self.addresses.items()
        }


def drawn_act(chance: random.Random, scene: Scene, number: int) -> Act:
    """An act by chance."""
    weights = {name: weight for name, (weight, _do) in ACTS.items()}
    (name,) = chance.choices(list(weights), list(weights.values()))
    of = "run" if "run" in name else "course"
    return Act(
        name,
        number=number,
        submits=chance.random() < 0.5,
        based=scene.tags.get(of) if chance.random() < 0.3 else None,
        status=chance.choice(["review_by_internal", "reviewed", "reviewed"]),
    )


def do(scene: Scene, act: Act) -> int:
    """Do it; the status of the answer, 200 for what is no call and is done."""
    _weight, function = ACTS[act.name]
    return function(scene, act)


def _headers(act: Act) -> dict[str, str]:
    return {"If-Match": act.based} if act.based else {}


def _patch(scene: Scene, of: str, act: Act, body: dict[str, Any]) -> int:
    answer = scene.client.patch(scene.addresses[of], body, format="json", headers=_headers(act))
    return int(answer.status_code)


def _edit_run(scene: Scene, act: Act) -> int:
    return _patch(scene, "run", act, {**run_body(act.number), "draft": not act.submits})


def _edit_effort_of_run(scene: Scene, act: Act) -> int:
    body = {"min_effort": 1, "max_effort": act.number, "draft": not act.submits}
    return _patch(scene, "run", act, body)


def _edit_course(scene: Scene, act: Act) -> int:
    return _patch(scene, "course", act, {**course_body(act.number), "draft": not act.submits})


def _review_run(scene: Scene, act: Act) -> int:
    return _patch(scene, "run", act, {"status": act.status})


def _delete(of: str) -> Callable[[Scene, Act], int]:
    def act_of(scene: Scene, act: Act) -> int:
        return int(scene.client.delete(scene.addresses[of], headers=_headers(act)).status_code)

    return act_of


def _make_run(scene: Scene, _act: Act) -> int:
    body = {
        "course": scene.course.key, "start": "2037-02-01T00:00:00Z", "end": "2037-06-01T00:00:00Z",
        "run_type": str(CourseRunType.objects.get(slug="verified-audit").uuid),
    }  # fmt: skip
    return int(scene.client.post(RUNS, body, format="json").status_code)


def _go_live(scene: Scene, _act: Act) -> int:
    return 200 if go_live(run=scene.run, now=timezone.now()) else 409


def _unpublish_inactive(scene: Scene, _act: Act) -> int:
    unpublish_inactive_runs(course=scene.course, now=timezone.now())
    return 200


def _archive(scene: Scene, _act: Act) -> int:
    archive_course(course=scene.course, now=timezone.now())
    return 200


def _read(scene: Scene, _act: Act) -> int:
    """What everybody reads is one state, whatever is being written."""
    for address in scene.addresses.values():
        for asked in ("", "?editable=1"):
            answer = scene.client.get(address + asked)
            assert answer.status_code in (200, 404), answer.content
            if answer.status_code == 200:
                numbers = numbers_of_answer(answer.json())
                assert len(numbers) == 1, f"{address}{asked} shows {numbers}"
    return 200


def _drain(_scene: Scene, _act: Act) -> int:
    drain()
    return 200


ACTS: Mapping[str, tuple[int, Callable[[Scene, Act], int]]] = {
    "edit run": (6, _edit_run),
    "edit effort of run": (4, _edit_effort_of_run),
    "edit course": (5, _edit_course),
    "review run": (4, _review_run),
    "go live": (3, _go_live),
    "make run": (2, _make_run),
    "delete run": (1, _delete("run")),
    "delete course": (1, _delete("course")),
    "unpublish what is over": (1, _unpublish_inactive),
    "archive": (1, _archive),
    "read": (3, _read),
    "drain": (2, _drain),
}
