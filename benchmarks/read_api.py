"""Measures the read API against the least that its answers can cost.

    python -m benchmarks.read_api [--size M] [--rounds 15] [--json FILE]

The database is the one of `DATABASE_URL` (PostgreSQL is what figures are quoted for); it is
migrated and, if it has no generated catalog yet, given one of the size.

The *floor* of an answer is the SQL statements that gather its values, sent by the database driver
and fetched whole, and orjson writing the same bytes; putting the values together is not counted, so
no program that computes the answer can be faster. Floor and service take turns in one process, and
medians of processor-and-database time are compared: ratios mean something on any machine, times on
none.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from benchmarks.generated import HOST, PARTNER, ROOT, prepare  # first: it sets Django up

# isort: split
import orjson
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from rest_framework.test import APIRequestFactory, force_authenticate

from benchmarks.measuring import Statement, alternating, most_memory, recorded, timed
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata import models
from course_discovery.projections.kinds import KINDS
from course_discovery.projections.models import Projection


class Case(NamedTuple):
    """An answer to measure, and the most that it may take, in floors."""

    name: str
    path: str
    kind: str
    limit: float


class Result(NamedTuple):
    """What was measured of a case: seconds, and counts.

    `stale` is in floors, `not_modified` in full answers.
    """

    case: Case
    floor: float
    view: float
    not_modified: float
    request: float
    stale: float
    queries: int
    size: int
    statements: int


def main() -> None:
    """Measure, print the table, and write JSON if asked to."""
    options = _options()
    settings.ALLOWED_HOSTS = ["*"]
    settings.CHANGES_DRAIN_IN_PROCESS = False
    if options.worker:
        sys.stdout.write(str(_work()))
        return
    prepare(options.size)
    user, _made = User.objects.get_or_create(username="benchmark", is_staff=True)
    results = [_measure(case, user, options.rounds) for case in _cases()]
    writes = _measure_writes()
    worker = subprocess.run(
        [sys.executable, "-m", "benchmarks.read_api", "--worker"],
        check=True, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    megabytes = float(worker.stdout)
    _print(results, writes, megabytes)
    if options.json:
        options.json.write_bytes(_as_json(results, writes, megabytes))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the read API against its floor.")
    parser.add_argument("--size", choices=["S", "M", "L"], default="M")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _cases() -> list[Case]:
    course = models.Course.objects.filter(course_runs__isnull=False).order_by("key")[0]
    run = models.CourseRun.objects.exclude(restricted_run__isnull=False).order_by("key")[0]
    program = models.Program.objects.filter(degree__isnull=True).order_by("pk")[0]
    return [
        Case("courses, 20", "/api/v1/courses/?limit=20", "course", 0.8),
        Case("courses, 100", "/api/v1/courses/?limit=100", "course", 0.8),
        Case("course runs, 20", "/api/v1/course_runs/?limit=20", "course_run", 0.8),
        Case("programs, 20", "/api/v1/programs/?limit=20", "program", 0.8),
        Case("pathways, 20", "/api/v1/pathways/", "pathway", 0.8),
        Case("course", f"/api/v1/courses/{course.key}/", "course", 1.0),
        Case("course run", f"/api/v1/course_runs/{run.key}/", "course_run", 1.0),
        Case("program", f"/api/v1/programs/{program.uuid}/", "program", 1.0),
    ]


def _measure(case: Case, user: User, rounds: int) -> Result:
    ask = _view(case, user)
    answer = ask()
    pks = _shown(case)
    statements = _gathering(case, pks)
    data = orjson.loads(answer.rendered_content)
    assert _bytes(data) == answer.rendered_content, "the floor writes other bytes"
    ask_again = _view(case, user, {"If-None-Match": answer["ETag"]})
    assert ask_again().status_code == 304
    client = _client(user)
    floor, view, request = alternating(
        rounds,
        lambda: _floor(statements, data),
        ask,
        lambda: client.get(case.path, headers={"host": HOST}),
    )
    # Not between floors, whose thousands of values push everything else out of the processor's
    # caches: what takes a third of a millisecond would take three times that.
    full, not_modified = alternating(rounds, ask, ask_again, repeated=10)
    floor_meanwhile, stale = alternating(
        max(3, rounds // 2),
        lambda: _floor(statements, data),
        ask,
        before=lambda: _make_stale(case.kind),
    )
    with recorded() as seen:
        ask()
    return Result(
        case, floor, view, not_modified / full, request, stale / floor_meanwhile,
        queries=len(seen), size=len(answer.rendered_content), statements=len(statements),
    )  # fmt: skip


def _view(
    case: Case, user: User, headers: Mapping[str, str] = MappingProxyType({})
) -> Callable[[], Any]:
    """The view's work alone: no middleware, no authentication; the answer is rendered."""
    path = case.path.partition("?")[0]
    found = resolve(path)
    partner = Partner.objects.get(short_code=PARTNER)

    def ask() -> Any:
        request: Any = APIRequestFactory().get(case.path, headers={"host": HOST, **headers})
        request.partner = partner
        force_authenticate(request, user=user)
        response = found.func(request, *found.args, **found.kwargs)
        return response.render() if hasattr(response, "render") else response

    return ask


def _client(user: User) -> Client:
    client = Client(SERVER_NAME=HOST)
    client.force_login(user)
    return client


def _floor(statements: list[Statement], data: Any) -> bytes:
    with connection.connection.cursor() if _is_postgresql() else connection.cursor() as cursor:
        for sql, parameters in statements:
            cursor.execute(sql, parameters)
            cursor.fetchall()
    return _bytes(data)


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _bytes(data: Any) -> bytes:
    return orjson.dumps(data)


def _shown(case: Case) -> list[int]:
    """The rows that the answer shows; its projections were read just now."""
    with recorded() as seen:
        _view(case, User.objects.get(username="benchmark"))()
    # The last reading of projections names their rows.
    for sql, parameters in reversed(seen):
        if "projections_projection" in sql and parameters:
            numbers = [each for each in parameters if isinstance(each, int)]
            return list(
                KINDS[case.kind]
                .model._base_manager.filter(pk__in=numbers)
                .values_list("pk", flat=True)
            )
    raise LookupError(f"{case.name} was not served from projections")


def _gathering(case: Case, pks: list[int]) -> list[Statement]:
    """The statements that gather the values of these rows, and those that choose the page."""
    kind = KINDS[case.kind]
    with recorded() as rendering:
        kind.render(pks, timezone.now(), "en")
    with recorded() as serving:
        _view(case, User.objects.get(username="benchmark"))()
    choosing = [each for each in serving if "projections_projection" not in each[0]]
    return [*choosing, *rendering]


def _make_stale(kind: str) -> int:
    return Projection.objects.filter(kind=kind).update(version=F("version") + 1)


def _measure_writes() -> dict[str, float]:
    """What marking and logging add to an edit of a course, and to one that 1,000 courses show."""
    course = models.Course.objects.order_by("pk")[0]
    organization = models.Organization.objects.order_by("pk")[0]
    with transaction.atomic():
        with recorded() as seen:
            edit = timed(course.save)
        transaction.set_rollback(True)
    with transaction.atomic():
        models.CourseSponsor.objects.bulk_create(
            models.CourseSponsor(course=each, organization=organization)
            for each in models.Course.objects.order_by("pk")[:1_000]
        )
        courses = models.Course.objects.filter(sponsoring_organizations=organization).count()
        ours = ("changes_change", "projections_", "AS branch")
        own = [sql for sql, _parameters in seen if any(each in sql for each in ours)]
        organization.name += " "
        with recorded() as renaming:
            rename = timed(organization.save)
        transaction.set_rollback(True)
    return {
        "edit_seconds": edit,
        "edit_queries_of_log_and_marks": len(own),
        "rename_seconds": rename,
        "rename_queries": len(renaming),
        "rename_courses": courses,
    }


def _work() -> float:
    """Give all answers, stored and stale, as a worker does; its memory in MB at most."""
    client = _client(User.objects.get(username="benchmark"))
    for case in _cases():
        for _ in range(3):
            answer = client.get(case.path, headers={"host": HOST})
            client.get(case.path, headers={"host": HOST, "If-None-Match": answer["ETag"]})
            _make_stale(case.kind)
    return most_memory()


def _print(results: list[Result], writes: dict[str, float], megabytes: float) -> None:
    out = sys.stdout
    out.write(f"{connection.vendor}, {models.Course.objects.count()} courses\n\n")
    out.write(
        "| answer | kB | queries | floor, ms | view / floor | limit | 304 / full | limit "
        "| whole request / floor | stale / floor | limit |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|\n"
    )
    for each in results:
        out.write(
            f"| {each.case.name} | {each.size / 1000:.0f} | {each.queries} "
            f"| {each.floor * 1000:.1f} | {each.view / each.floor:.2f} | {each.case.limit} "
            f"| {each.not_modified:.2f} | 0.15 | {each.request / each.floor:.2f} "
            f"| {each.stale:.1f} | 6 |\n"
        )
    out.write(
        f"\nAn edit of a course logs and marks in {writes['edit_queries_of_log_and_marks']:.0f} "
        f"queries. A rename of an organization with {writes['rename_courses']:.0f} courses answers "
        f"after {writes['rename_seconds']:.2f} s and {writes['rename_queries']:.0f} queries.\n"
        f"A worker that gave all of these answers took {megabytes:.0f} MB at most.\n"
    )


def _as_json(results: list[Result], writes: dict[str, float], megabytes: float) -> bytes:
    return orjson.dumps(
        {
            "database": connection.vendor,
            "worker_megabytes": megabytes,
            "writes": writes,
            "answers": [each._asdict() | {"case": each.case._asdict()} for each in results],
        },
        option=orjson.OPT_INDENT_2,
    )


if __name__ == "__main__":
    main()
