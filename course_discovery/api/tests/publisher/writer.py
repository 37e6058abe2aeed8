"""A process that writes courses as it is told, and may be killed at any step of that.

It runs each job in a fork, so that killing costs no start of Django: one job a line comes in, and
how it ended goes out.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils import timezone

from course_discovery.api.tests.drafts import signed_in
from course_discovery.api.tests.publisher.acts import Act, Scene, do
from course_discovery.core.changes.drain import drain
from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.publisher.operations.errands.running import LEASE, run_next
from search.tests import steps


def serve(overrides: dict[str, Any]) -> None:
    """Do jobs until the input ends."""
    for name, value in overrides.items():
        setattr(settings, name, value)
    steps.count_steps()
    for line in sys.stdin:
        job = json.loads(line)
        connections.close_all()
        child = os.fork()
        if child == 0:
            _say(answer=_done(job), steps=steps.taken())
            if job["at"]:
                steps.die()
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        _say(ended=os.waitstatus_to_exitcode(status))


def _done(job: dict[str, Any]) -> int:
    """Do a job, and what the answer was."""
    return _JOBS[job["name"]](job)


def _act(job: dict[str, Any]) -> int:
    course = Course.everything.filter(uuid=job["course"]).order_by("-draft")[0]
    runs = CourseRun.everything.filter(course__uuid=job["course"], key__endswith="+1")
    run = runs.order_by("-draft")[0]
    scene = Scene(client=signed_in(User.objects.get()), course=course, run=run)
    steps.begin(job["at"])
    return do(scene, Act(**job["act"]))


def _errands(job: dict[str, Any]) -> int:
    """All errands that are due, also those that a dead process took."""
    later = 2 * LEASE if job["later"] else timedelta()
    steps.begin(job["at"])
    count = 0
    while run_next(clock=lambda: timezone.now() + later):
        count += 1
    return count


def _drain(job: dict[str, Any]) -> int:
    steps.begin(job["at"])
    return int(drain())


_JOBS = {"act": _act, "errands": _errands, "drain": _drain}


def _say(**told: Any) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
