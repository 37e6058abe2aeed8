"""Rates of calls, and counting calls by them."""

import re
from typing import NamedTuple

from django.core.cache.backends.base import BaseCache

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_RATE = re.compile(r"(\d{1,9})/([smhd])[a-z]*")


class Rate(NamedTuple):
    """So many calls in so many seconds."""

    calls: int
    seconds: int


def parse_rate(text: str) -> Rate | None:
    """The rate that `200/hour` writes; None for what is none."""
    found = _RATE.fullmatch(text.strip())
    return Rate(int(found[1]), _SECONDS[found[2]]) if found else None


def take(counts: BaseCache, caller: str, rate: Rate, *, now: float) -> float:
    """Count one call; the seconds to wait if the rate allows none, which then counts as none.

    Calls are counted in windows as long as the rate's time. Those of the window before count by the
    share of it that lies within that time of now. Counting up is one step in the store, so calls at
    the same moment cannot take the same place.
    """
    window, elapsed = divmod(now, rate.seconds)
    before, current = (f"calls:{caller}:{rate.seconds}:{int(window) - ago}" for ago in (1, 0))
    earlier = counts.get(before, 0)
    counts.add(current, 0, timeout=2 * rate.seconds)
    count = counts.incr(current)
    wait = _wait(rate, earlier, count, elapsed)
    if wait:
        counts.decr(current)
    return wait


def _wait(rate: Rate, earlier: int, count: int, elapsed: float) -> float:
    """When the rate allows the newest of `count` calls of a window, in seconds from now."""
    if rate.calls < 1:
        return rate.seconds
    weight = 1 - elapsed / rate.seconds
    if earlier * weight + count <= rate.calls:
        return 0
    if count <= rate.calls:
        # As soon as enough of the window before is too long ago.
        return rate.seconds * (weight - (rate.calls - count) / earlier)
    # In the next window, of which this one then is the one before.
    late = 1 - (rate.calls - 1) / (count - 1)
    return rate.seconds * (weight + max(0, late))
