"""Slugs: the readable parts of addresses."""

from collections.abc import Callable, Collection

from django.utils.text import slugify

LONGEST = 255
_AT_ONCE = 20


def free_slug(wanted: str, taken: Callable[[list[str]], Collection[str]]) -> str:
    """`wanted`, cut to 255 characters, or `wanted-2`, `wanted-3`, ... where that is taken.

    `taken(slugs)` gives those of the slugs (in lower case) that are in use, in lower case.
    """
    base = wanted[:LONGEST].rstrip("-")
    start = 1
    while True:
        candidates = [_numbered(base, number) for number in range(start, start + _AT_ONCE)]
        used = taken([candidate.lower() for candidate in candidates])
        for candidate in candidates:
            if candidate.lower() not in used:
                return candidate
        start += _AT_ONCE


def _numbered(base: str, number: int) -> str:
    ending = "" if number == 1 else f"-{number}"
    return f"{base[: LONGEST - len(ending)]}{ending}"


def slug_of(*texts: str | None) -> str:
    """The texts as one slug, in lower-case ASCII; '' when none of them has such letters."""
    return "-".join(filter(None, (slugify(text or "") for text in texts)))
