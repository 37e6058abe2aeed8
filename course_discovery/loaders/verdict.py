"""How a loading command ends."""

from collections.abc import Iterable

from django.core.management.base import CommandError

from course_discovery.loaders.pipeline import INCOMPLETE, REFUSED

_TEXTS = {
    INCOMPLETE: "A source was not read to its end. What was read is in the catalog; run it again.",
    REFUSED: "Rows were refused.",
}


def verdict(codes: Iterable[int]) -> None:
    """End as the worst of these loads: an unread source outweighs refused rows.

    Raises CommandError with the exit code, unless all are 0.
    """
    found = set(codes) & set(_TEXTS)
    if found:
        code = min(found)
        raise CommandError(_TEXTS[code], returncode=code)
