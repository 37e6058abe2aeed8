"""Measures search against what its parts cost alone, and the embedded engine.

    SEARCH_URL=http://... python -m benchmarks.search [--size L] [--embedded-size M] [--rounds 3]

The database is the one of `DATABASE_URL`; it is migrated and, if it has no generated catalog yet,
given one of the size. The server is that of `SEARCH_URL`: it gets indexes of its own, which are
removed at the end; without it only the embedded engine is measured, on a database of its own.

Each figure has its limit beside it. Service and part take turns, and ratios of medians are
compared: they mean something on any machine, times on none. The exit status is 1 if a limit is
passed; what is but an aim does not count.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from benchmarks.generated import HOST, PARTNER, ROOT, prepare  # first: it sets Django up

# isort: split
import orjson
import urllib3
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks.measuring import alternating, memory, recorded, timed
from course_discovery.core.models import User
from course_discovery.course_metadata.models import Course
from search.documents.connection import client, reset, server_url
from search.documents.kinds import KINDS, Kind
from search.indexing.building import rebuild
from search.indexing.names import indexes_of
from search.indexing.writing import batches_of_rows, write_rows
from search.queries.asking import who_answers
from search.queries.criteria import criteria
from search.queries.facets import facets
from search.queries.page import search_page

PAGE = "/api/v1/search/all/?page_size=20"
# Ready-made documents that are sent at once.
BULK = 500
SIX = ("subjects", "level_type", "language", "organizations", "seat_types", "status")
Line = tuple[str, bytes]


def main() -> int:
    """Measure, and write what was measured; 1 if a limit is passed."""
    options = _options()
    settings.ALLOWED_HOSTS = ["*"]
    settings.CHANGES_DRAIN_IN_PROCESS = False
    prepare(options.embedded_size if options.embedded else options.size)
    if options.embedded:
        return _measure_embedded(options.rounds)
    failed = 0
    if server_url():
        with _own_indexes():
            failed = _measure_server(options.rounds)
    else:
        sys.stdout.write("SEARCH_URL names no server: only the embedded engine is measured.\n")
    return failed | _embedded_apart(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure search against its parts.")
    parser.add_argument("--size", choices=["S", "M", "L"], default="L")
    parser.add_argument("--embedded-size", choices=["S", "M", "L"], default="M")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--embedded", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


@contextmanager
def _own_indexes() -> Iterator[None]:
    """Aliases that nobody else has; what they lead to is removed at the end."""
    names = settings.ELASTICSEARCH_INDEX_NAMES
    settings.ELASTICSEARCH_INDEX_NAMES = {path: f"benchmark_{name}" for path, name in names.items()}
    try:
        yield
    finally:
        for kind in KINDS:
            if found := indexes_of(kind.alias):
                client().indices.delete(index=",".join(found))


def _embedded_apart(options: argparse.Namespace) -> int:
    """Measure the embedded engine in a process, and on a database and a file, of its own."""
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "DATABASE_URL": f"sqlite:///{folder}/catalog.sqlite3",
            "SEARCH_FILE": f"{folder}/search.sqlite3",
            "SEARCH_URL": "",
        }
        command = [sys.executable, "-m", "benchmarks.search", "--embedded"]
        command += ["--embedded-size", options.embedded_size, "--rounds", str(options.rounds)]
        return subprocess.run(command, cwd=ROOT, env=os.environ | own, check=False).returncode


def _measure_server(rounds: int) -> int:
    _write(f"{connection.vendor}, {who_answers()}, {Course.objects.count()} courses")
    # Whatever has no projection yet gets it, and memory what it takes anyway.
    _rebuild(_Steps())
    steps = _Steps()
    with recorded() as seen:
        whole = timed(lambda: _rebuild(steps))
    documents = steps.done
    failed = _told("queries a document, whole build", len(seen) / documents, limit=0.2)
    failed |= _told("memory at the end / after a tenth", steps.growth(), limit=1.1)
    _write(f"whole build with its checks: {documents} documents, {documents / whole:.0f}/s")
    lines = {kind: list(_ready_made(kind)) for kind in KINDS}
    ours, ready = alternating(rounds, _fill, lambda: _send(lines))
    _write(f"from projections {documents / ours:.0f}/s, ready-made {documents / ready:.0f}/s")
    failed |= _told("rate from projections / ready-made", ready / ours, least=0.5)
    return failed | _measure_page(rounds * 20)


class _Steps:
    """How far a build is, and what memory it took on its way."""

    def __init__(self) -> None:
        self.done = 0
        self._memory: list[tuple[int, float]] = []

    def begin(self, kind: Kind, index: str, rows: int) -> None:
        """A kind begins."""

    def advance(self, kind: Kind, rows: int) -> None:
        """So many more rows are done."""
        self.done += rows
        self._memory.append((self.done, memory()))

    def growth(self) -> float:
        """The memory at the end in terms of what it was after a tenth."""
        early = next(taken for done, taken in self._memory if done >= self.done / 10)
        return self._memory[-1][1] / early


def _rebuild(steps: _Steps) -> None:
    rebuild(KINDS, progress=steps, limit_change=False)


def _ready_made(kind: Kind) -> Iterator[Line]:
    for pks in batches_of_rows(kind):
        for uuid, body in kind.bodies(pks, timezone.now()).items():
            yield uuid, orjson.dumps(body)


@contextmanager
def _empty_index(kind: Kind) -> Iterator[str]:
    name = f"{kind.alias}_bulk"
    client().indices.delete(index=name, ignore_unavailable=True)
    client().indices.create(index=name, **kind.definition())
    yield name
    client().indices.refresh(index=name)
    client().indices.delete(index=name)


def _fill() -> None:
    """Documents out of projections into empty indexes."""
    for kind in KINDS:
        with _empty_index(kind) as index:
            for pks in batches_of_rows(kind):
                write_rows(kind, pks, [index], timezone.now())


def _send(lines: dict[Kind, list[Line]]) -> None:
    """The same documents, ready-made, into empty indexes."""
    for kind, of_kind in lines.items():
        with _empty_index(kind) as index:
            for start in range(0, len(of_kind), BULK):
                operations: list[Any] = []
                for uuid, body in of_kind[start : start + BULK]:
                    operations += [{"index": {"_id": uuid}}, body]
                answer = (
                    client()
                    .options(request_timeout=60)
                    .bulk(index=index, operations=operations, filter_path="errors")
                )
                assert not answer["errors"], "the server refused ready-made documents"


def _measure_page(rounds: int) -> int:
    """A page of hits, against the answer of the server to the request that it makes."""
    user, _made = User.objects.get_or_create(username="benchmark", is_staff=True)
    browser = Client(SERVER_NAME=HOST)
    browser.force_login(user)
    sent: list[tuple[str, bytes]] = []
    (node,) = client().transport.node_pool.all()
    perform = node.perform_request

    def noting(method: str, target: str, body: Any = None, *rest: Any, **named: Any) -> Any:
        sent.append((target, body))
        return perform(method, target, body, *rest, **named)

    failed = 0
    pool = urllib3.PoolManager()
    for name, query in (("everything", ""), ("one word", f"&q={_words(1)[0]}")):
        node.perform_request = noting
        assert browser.get(PAGE + query).status_code == 200
        node.perform_request = perform
        assert len(sent) == 1, "a page takes one request of the server"
        target, body = sent.pop()
        page, server = alternating(
            rounds,
            lambda query=query: browser.get(PAGE + query),
            lambda target=target, body=body: _ask_server(pool, target, body),
        )
        _write(f"page of {name}: {page * 1000:.1f} ms, the server {server * 1000:.1f} ms")
        failed |= _told(f"page of {name} / server", page / server, limit=2)
    return failed


def _ask_server(pool: urllib3.PoolManager, target: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = pool.request("POST", server_url().rstrip("/") + target, body=body, headers=headers)
    assert answer.status == 200


def _measure_embedded(rounds: int) -> int:
    _rebuild(_Steps())
    _write(f"embedded engine, {Course.objects.count()} courses")
    words = _words(rounds * 20)
    texts = [timed(lambda word=word: _page(word)) for word in words]
    _told("text query, p50 ms", statistics.median(texts) * 1000, aim=30)
    faceted = [timed(lambda word=word: _faceted(word)) for word in ["", *words[: rounds * 5]]]
    _told("page with six facets, p50 ms", statistics.median(faceted) * 1000, aim=100)
    _told("page with six facets of everything, ms", timed(lambda: _faceted("")) * 1000, aim=100)
    reset()
    return 0


def _page(word: str) -> None:
    search_page(_asked(word))


def _faceted(word: str) -> None:
    search_page(_asked(word))
    facets(_asked(word), fields=SIX, queries=False)


def _asked(word: str) -> Any:
    return criteria({"q": [word]}, kinds=KINDS, now=_now(), partner=PARTNER)


def _now() -> datetime:
    return timezone.now()


def _words(number: int) -> list[str]:
    """Words of titles; the same each time."""
    titles = Course.objects.order_by("pk").values_list("title", flat=True)[:1000]
    words = sorted({word for title in titles for word in (title or "").split() if word.isalpha()})
    return random.Random(1).choices(words, k=number)


def _told(
    name: str,
    value: float,
    *,
    limit: float | None = None,
    least: float | None = None,
    aim: float | None = None,
) -> int:
    """Write a figure with its limit; 1 if it is passed."""
    bound = next(
        f"{what} {number:g}"
        for what, number in (("at most", limit), ("at least", least), ("aim", aim))
        if number is not None
    )
    _write(f"{name}: {value:.2f} ({bound})")
    return int((limit is not None and value > limit) or (least is not None and value < least))


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
