"""Tags of courses, programs and products."""

from collections.abc import Iterable
from typing import Any

from course_discovery.core.fields import fold
from course_discovery.course_metadata.models import Tag
from course_discovery.course_metadata.operations.fitting import fitting


def set_tags(tags: Any, names: Iterable[str]) -> bool:
    """Let a row have exactly these tags; whether anything differed. Raises UnfitValue.

    `tags` is the row's manager of them. Tags are found without case, so one may be written
    otherwise than it is told.
    """
    told = (name.strip() for name in names)
    wanted = {fold(name): fitting(Tag, {"name": name})["name"] for name in told if name}
    if wanted.keys() == {fold(name) for name in tags.names()}:
        return False
    tags.set(sorted(wanted.values()))
    return True
