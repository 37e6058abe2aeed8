"""Rates of calls, and stores that count by them."""

import itertools
import multiprocessing
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.cache.backends.locmem import LocMemCache

from course_discovery.core.rates import Rate, parse_rate, take
from course_discovery.core.shared_counts import SharedCounts

HOUR = Rate(200, 3600)
START = 1_800_000_000.0  # the beginning of an hour


@pytest.mark.parametrize(
    ("text", "rate"),
    [("200/hour", (200, 3600)), ("5/s", (5, 1)), ("5/min", (5, 60)), (" 9/day ", (9, 86400)),
     ("0/hour", (0, 3600)), ("", None), ("200", None), ("/hour", None), ("-1/hour", None),
     ("5/week", None), ("1e9/hour", None), ("٥/hour", (5, 3600)), ("9999999999/hour", None)],
)  # fmt: skip
def test_a_rate_is_read(text: str, rate: tuple[int, int] | None) -> None:
    assert parse_rate(text) == rate


@pytest.fixture(params=["memory", "file"])
def counts(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Each store."""
    if request.param == "file":
        return SharedCounts(str(tmp_path / "folder" / "counts.sqlite3"), {})
    cache = LocMemCache(f"rates-{next(itertools.count())}-{tmp_path}", {})
    cache.clear()
    return cache


def test_the_call_after_the_last_waits_until_it_is_allowed(counts: Any) -> None:
    for _ in range(200):
        assert take(counts, "a", HOUR, now=START) == 0
    wait = take(counts, "a", HOUR, now=START + 60)
    assert 3500 < wait <= 3600
    assert take(counts, "a", HOUR, now=START + 60 + wait - 1) > 0
    assert take(counts, "a", HOUR, now=START + 60 + wait + 1) == 0
    assert take(counts, "b", HOUR, now=START + 60) == 0


@pytest.mark.parametrize("elapsed", [0, 1, 900, 1800, 3599])
def test_a_wait_is_never_too_short_nor_much_too_long(counts: Any, elapsed: float) -> None:
    small = Rate(5, 3600)
    for moment in (100, 200, 300, 3000, 3100):
        take(counts, "a", small, now=START + moment)
    now = START + 3600 + elapsed
    while not (wait := take(counts, "a", small, now=now)):
        pass
    assert take(counts, "a", small, now=now + wait - 1) > 0
    assert take(counts, "a", small, now=now + wait + 0.001) == 0


def test_no_hour_has_many_more_calls_than_allowed(counts: Any) -> None:
    taken = [
        moment for moment in range(0, 4 * 3600, 6)
        if not take(counts, "a", HOUR, now=START + moment)
    ]  # fmt: skip
    most = max(sum(begin <= each < begin + 3600 for each in taken) for begin in taken)
    assert 195 <= most <= 230


def test_refused_calls_do_not_count(counts: Any) -> None:
    one = Rate(1, 60)
    assert take(counts, "a", one, now=START) == 0
    waits = {take(counts, "a", one, now=START) for _ in range(50)}
    assert waits == {120.0}
    assert take(counts, "a", one, now=START + 120) == 0


def test_a_rate_of_none_allows_none(counts: Any) -> None:
    assert take(counts, "a", Rate(0, 60), now=START) == 60


class TestSharedCounts:
    """The store in a file."""

    def test_it_keeps_and_forgets(self, tmp_path: Path) -> None:
        cache = SharedCounts(str(tmp_path / "counts"), {})
        assert (cache.add("a", 3), cache.add("a", 4), cache.get("a")) == (True, False, 3)
        assert (cache.incr("a"), cache.decr("a", 2), cache.get("b", 9)) == (4, 2, 9)
        cache.set("c", 1, timeout=0)
        assert (cache.get("c"), cache.add("c", 5), cache.get("c")) == (None, True, 5)
        assert (cache.delete("a"), cache.delete("a")) == (True, False)
        with pytest.raises(ValueError, match="nothing is counted"):
            cache.incr("a")
        cache.set("d", 1, timeout=None)
        cache.clear()
        assert cache.get("d") is None

    def test_what_expired_leaves_the_file(self, tmp_path: Path) -> None:
        cache = SharedCounts(str(tmp_path / "counts"), {})
        for number in range(50):
            cache.set(f"old {number}".replace(" ", "-"), 1, timeout=-1)
        cache.add("new", 1)
        rows = sqlite3.connect(tmp_path / "counts").execute("SELECT count(*) FROM counts")
        assert rows.fetchone() == (1,)

    def test_threads_lose_no_count(self, tmp_path: Path) -> None:
        def count(_number: int) -> None:
            cache = SharedCounts(str(tmp_path / "counts"), {})
            for _ in range(100):
                cache.incr("a")

        SharedCounts(str(tmp_path / "counts"), {}).set("a", 0)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(count, range(4)))
        assert SharedCounts(str(tmp_path / "counts"), {}).get("a") == 400

    def test_processes_share_it_also_after_a_fork(self, tmp_path: Path) -> None:
        cache = SharedCounts(str(tmp_path / "counts"), {})
        cache.set("a", 0)
        children = [
            multiprocessing.get_context("spawn").Process(target=_count, args=(str(tmp_path),))
            for _ in range(2)
        ]
        for child in children:
            child.start()
        for child in children:
            child.join(60)
        assert cache.get("a") == 200
        parent = os.getpid()
        with pytest.MonkeyPatch.context() as patch:
            opened = cache._file
            patch.setattr(os, "getpid", lambda: parent + 1)
            assert cache._file is not opened


def _count(folder: str) -> None:
    cache = SharedCounts(f"{folder}/counts", {})
    for _ in range(100):
        cache.incr("a")
