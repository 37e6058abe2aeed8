"""Dates as Elasticsearch reads them: ISO 8601 or milliseconds since 1970, with date math.

A date may leave out what stands at its end ("2026-10-11", "2026-10-11T09"): it then means the first
or the last millisecond of what it names; a month or a year means its first day. Math is "now" or
"<date>||", followed by steps such as "+1M", "-60d" and "/d" (round).
https://www.elastic.co/guide/en/elasticsearch/reference/8.17/common-options.html#date-math
"""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from datetime import date as day

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?:(?P<hour>\d\d)"
    r"(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?)?"
    r"(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.ASCII,
)
_MILLIS = re.compile(r"-?\d{1,18}(?:\.\d{1,9})?", re.ASCII)
_STEP = re.compile(r"(?P<sign>[+-])(?P<count>\d{0,6})(?P<unit>[yMwdhHms])|/(?P<round>[yMwdhHms])")
_EPOCH = day(1970, 1, 1).toordinal()
_DAY = 86_400_000
_FIXED = {"w": 7 * _DAY, "d": _DAY, "h": 3_600_000, "H": 3_600_000, "m": 60_000, "s": 1000}


def parse_date(text: str, *, round_up: bool = False) -> int:
    """Return the milliseconds since 1970 of a date without math.

    Of a date that names a span of time, `round_up` takes the last millisecond instead of the first.
    Raises ValueError when the text is no date of the years 1 to 9999.
    """
    if found := _ISO.fullmatch(text):
        return _from_iso(found, round_up=round_up)
    if _MILLIS.fullmatch(text):
        return int(text.partition(".")[0])
    raise ValueError(f"failed to parse date field [{text}]")


def is_iso_date(text: str) -> bool:
    """Whether dynamic mapping takes a text for a date; bare numbers are none."""
    found = _ISO.fullmatch(text)
    if found is None or "-" not in text:
        return False
    try:
        _from_iso(found, round_up=False)
    except ValueError:
        return False
    return True


def parse_date_math(text: str, *, now: int, round_up: bool = False) -> int:
    """Return the milliseconds since 1970 of a date with optional math; `now` likewise.

    Raises ValueError when the text is no date.
    """
    if text.startswith("now"):
        return _apply(now, text[3:], round_up=round_up)
    anchor, separator, math = text.partition("||")
    start = parse_date(anchor, round_up=round_up and not separator)
    return _apply(start, math, round_up=round_up) if separator else start


def format_date(millis: int) -> str:
    """Return a date as Elasticsearch writes it: 2026-10-11T09:00:00.000Z."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis)
    except OverflowError:
        return str(millis)
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _from_iso(found: re.Match[str], *, round_up: bool) -> int:
    text = found.group()
    parts = found.groupdict()
    year, month, number = int(parts["year"]), parts["month"], parts["day"]
    try:
        whole = day(year, int(month or 1), int(number or 1))
    except ValueError as error:
        raise ValueError(f"failed to parse date field [{text}]: {error}") from None
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"failed to parse date field [{text}]: no such time of day")
    millis = (whole.toordinal() - _EPOCH) * _DAY + (hour * 3600 + minute * 60 + second) * 1000
    millis += int((parts["fraction"] or "0").ljust(3, "0")[:3]) - _offset(parts["zone"])
    return millis + _span(parts) - 1 if round_up else millis


def _span(parts: dict[str, str | None]) -> int:
    """Return how many milliseconds lie in what a date names; a month or year is its first day."""
    for name, span in (("hour", _DAY), ("minute", 3_600_000), ("second", 60_000)):
        if parts[name] is None:
            return span
    return 1000 if parts["fraction"] is None else 1


def _offset(zone: str | None) -> int:
    if zone in (None, "Z"):
        return 0
    digits = zone[1:].replace(":", "") if zone else ""
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    if minutes > 18 * 60:
        raise ValueError(f"failed to parse date field: no such offset [{zone}]")
    return minutes * 60_000 * (-1 if zone and zone[0] == "-" else 1)


def _apply(millis: int, math: str, *, round_up: bool) -> int:
    at = 0
    while at < len(math):
        step = _STEP.match(math, at)
        if step is None:
            raise ValueError(f"operator not supported for date math [{math}]")
        try:
            millis = _step(millis, step, round_up=round_up)
        except (ValueError, OverflowError):
            raise ValueError(f"date math [{math}] leaves the range of dates") from None
        at = step.end()
    return millis


def _step(millis: int, step: re.Match[str], *, round_up: bool) -> int:
    if unit := step.group("round"):
        start = _floor(millis, unit)
        return _move(start, 1, unit) - 1 if round_up else start
    count = int(step.group("count") or 1)
    return _move(millis, -count if step.group("sign") == "-" else count, step.group("unit"))


def _floor(millis: int, unit: str) -> int:
    if unit not in "yMw":
        return millis - millis % _FIXED[unit]
    whole = day.fromordinal(millis // _DAY + _EPOCH)
    if unit == "w":
        whole -= timedelta(days=whole.weekday())
    else:
        whole = whole.replace(day=1, month=1 if unit == "y" else whole.month)
    return (whole.toordinal() - _EPOCH) * _DAY


def _move(millis: int, count: int, unit: str) -> int:
    if unit in _FIXED:
        return millis + count * _FIXED[unit]
    whole = day.fromordinal(millis // _DAY + _EPOCH)
    months = whole.year * 12 + whole.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    last = monthrange(year, month + 1)[1]
    moved = day(year, month + 1, min(whole.day, last))
    return (moved.toordinal() - _EPOCH) * _DAY + millis % _DAY
