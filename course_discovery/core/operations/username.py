"""Renaming users, as the platform does when somebody is forgotten."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import IntegrityError, transaction

from course_discovery.core.models import User

Renaming = tuple[str, str]
"""The old user name, and the new one."""


class Renamed(NamedTuple):
    """Which renamings were done, and which could not be."""

    done: list[Renaming]
    failed: list[Renaming]


def replace_usernames(*, renamings: Sequence[Renaming]) -> Renamed:
    """Rename users, each by itself. A user whom nobody has is done; a taken or bad name fails."""
    result = Renamed([], [])
    for old, new in renamings:
        (result.done if _rename(old, new) else result.failed).append((old, new))
    return result


def _rename(old: str, new: str) -> bool:
    longest = User._meta.get_field("username").max_length or 0
    if not new or len(new) > longest or "\x00" in old + new:
        return False
    try:
        with transaction.atomic():
            for user in User.objects.select_for_update().filter(username=old):
                user.username = new
                user.save(update_fields=["username"])
    except IntegrityError:
        return False
    return True
