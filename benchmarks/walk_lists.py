"""Walks every list to its end by `next` while another process edits, and counts what was shown.

    python -m benchmarks.walk_lists [--size M] [--page-size 20] [--seed 1]

The database is the one of `DATABASE_URL`; it is migrated and, if it has no generated catalog yet,
given one of the size. It is edited for good, and serves once: names of additions begin anew.
What is there before and after a walk was there all the time, and has to be shown once. The exit
status is 1 if it was not.
"""

import argparse
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.generated import HOST, PARTNER, ROOT, prepare  # first: it sets Django up

# isort: split
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from course_discovery.core.models import Partner, User
from course_discovery.course_metadata import models
from course_discovery.course_metadata.tests import factories
from learner_pathway.models import LearnerPathway, LearnerPathwayStatus
from learner_pathway.tests.factories import LearnerPathwayFactory

BOTH = ("page=1&page_size={size}", "limit={size}")
PAGES = BOTH[:1]
# Path, what names a row in answers, ways to page, rows, what makes one, what is edited.
LISTS: dict[str, tuple[str, tuple[str, ...], Any, Callable[[Partner, int], Any], str]] = {
    "courses": (
        "uuid", BOTH, models.Course.objects,
        lambda partner, n: factories.CourseFactory(partner=partner, key=f"U+{n}"), "title",
    ),
    "course_runs": (
        "uuid", BOTH,
        models.CourseRun.objects.filter(restricted_run__restriction_type__isnull=True),
        lambda partner, n: factories.CourseRunFactory(
            course=models.Course.objects.filter(partner=partner).first(),
            key=f"course-v1:U+C+{n}",
        ),
        "title_override",
    ),
    "programs": (
        "uuid", BOTH, models.Program.objects,
        lambda partner, n: factories.ProgramFactory(partner=partner), "title",
    ),
    "organizations": (
        "uuid", BOTH, models.Organization.objects,
        lambda partner, n: factories.OrganizationFactory(partner=partner, key=f"Org{n}"), "name",
    ),
    "people": (
        "uuid", PAGES, models.Person.objects,
        lambda partner, n: factories.PersonFactory(partner=partner), "given_name",
    ),
    "pathways": (
        "id", PAGES, models.Pathway.objects,
        lambda partner, n: factories.PathwayFactory(partner=partner), "name",
    ),
    "learner-pathway": (
        "uuid", BOTH, LearnerPathway.objects.filter(status=LearnerPathwayStatus.ACTIVE),
        lambda partner, n: LearnerPathwayFactory(), "title",
    ),
    "subjects": (
        "uuid", BOTH, models.Subject.objects,
        lambda partner, n: factories.SubjectFactory(partner=partner, slug=f"s{n}"), "slug",
    ),
    "topics": (
        "uuid", BOTH, models.Topic.objects,
        lambda partner, n: factories.TopicFactory(partner=partner, slug=f"t{n}"), "slug",
    ),
    "collaborators": (
        "uuid", ("",), models.Collaborator.objects,
        lambda partner, n: factories.CollaboratorFactory(), "name",
    ),
}  # fmt: skip


def main() -> int:
    """Walk, or edit; 1 if something was missed or shown twice."""
    options = _options()
    settings.CHANGES_DRAIN_IN_PROCESS = False
    if options.edit:
        _edit(random.Random(options.seed))
    prepare(options.size)
    settings.ALLOWED_HOSTS = ["*"]
    user, _made = User.objects.get_or_create(username="benchmark", is_staff=True)
    client = Client(SERVER_NAME=HOST)
    client.force_login(user)
    command = [sys.executable, "-m", "benchmarks.walk_lists", "--edit", "--seed", str(options.seed)]
    editor = subprocess.Popen(command, cwd=ROOT)
    try:
        time.sleep(5)  # until it has begun
        faults = sum(_report(client, path, options.page_size) for path in LISTS)
        alive = editor.poll() is None
    finally:
        editor.terminate()
        editor.wait(timeout=30)
    sys.stdout.write(f"\n{connection.vendor}; the editor {'ran' if alive else 'DIED'}.\n")
    return int(bool(faults) or not alive)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Walk every list while another process edits.")
    parser.add_argument("--size", choices=["S", "M", "L"], default="M")
    parser.add_argument("--page-size", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edit", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _report(client: Client, path: str, size: int) -> int:
    """Walk a list in every way, write what was seen; how many faults there were."""
    name, styles, rows, _make, _column = LISTS[path]
    column, faults = "pk" if name == "id" else name, 0
    for style in styles:
        before = {str(each) for each in rows.values_list(column, flat=True)}
        seen = Counter(_walk(client, f"/api/v1/{path}/?{style.format(size=size)}", name))
        staying = before & {str(each) for each in rows.values_list(column, flat=True)}
        missed = len(staying - seen.keys())
        twice = sum(count > 1 for count in seen.values())
        sys.stdout.write(
            f"{path:16} {style.partition('=')[0] or 'cursor':7} {seen.total():6} shown, "
            f"{len(staying):6} there all the time, {len(before) - len(staying):4} deleted, "
            f"{missed} missed, {twice} twice\n"
        )
        faults += missed + twice
    return faults


def _walk(client: Client, address: str, name: str) -> Iterator[str]:
    following: str | None = address
    while following:
        answer = client.get(following)
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code}: {following}")
        body = answer.json()
        yield from (str(row[name]) for row in body["results"])
        following = body["next"]


def _edit(dice: random.Random) -> None:
    """Edit, add and delete until terminated."""
    partner = Partner.objects.get(short_code=PARTNER)
    while True:
        _name, _styles, rows, make, column = LISTS[dice.choice(list(LISTS))]
        number = dice.randrange(10**8, 10**9)
        pks = list(rows.values_list("pk", flat=True))
        try:
            rows.filter(pk=dice.choice(pks)).update(**{column: f"edited {number}"})
            make(partner, number)
            if len(pks) > 5:
                rows.get(pk=dice.choice(pks)).delete()
        except OperationalError:  # SQLite has one writer at a time
            time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main())
