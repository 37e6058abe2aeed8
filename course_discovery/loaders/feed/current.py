"""Which lines tell what is stored already."""

from collections.abc import Callable, Sequence

from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.loaders.feed.lines import FeedLine


def numbers_of_current(
    lines: Sequence[FeedLine], is_current: Callable[[FeedLine], bool]
) -> set[int]:
    """Numbers of the lines that `is_current` says yes to.

    A line that cannot be taken is not current: writing it tells why.
    """
    found = set()
    for line in lines:
        try:
            if is_current(line):
                found.add(line.number)
        except Refusal:
            continue
    return found
