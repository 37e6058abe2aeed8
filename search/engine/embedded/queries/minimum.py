"""How many optional clauses must match: `minimum_should_match`."""

import re
from typing import Any

from search.engine.embedded.errors import RequestError

_FORM = re.compile(r"(-?\d{1,9})(%?)")


def minimum_of(value: Any, clauses: int) -> int:
    """Return how many of so many clauses must match.

    The value is a number or a percentage, negative for how many may be missing. Raises RequestError
    for any other form.
    """
    found = _FORM.fullmatch(str(value).strip())
    if found is None:
        raise RequestError(f"[minimum_should_match] is not supported: [{value}]")
    number = int(found.group(1))
    if found.group(2):
        share = int(clauses * abs(number) / 100)
        number = -share if number < 0 else share
    return max(0, clauses + number if number < 0 or str(value).startswith("-") else number)
