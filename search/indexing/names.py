"""Names of indexes: `<alias>_<UTC timestamp>`, and a counter where two share a second."""

import re
from collections.abc import Collection
from datetime import UTC, datetime

from elasticsearch import NotFoundError

from search.documents.connection import Purpose, answering, client


def physical_name(alias: str, now: datetime, taken: Collection[str]) -> str:
    """A name for a new index of `alias` that comes after those in `taken`."""
    base = f"{alias}_{now.astimezone(UTC):%Y%m%d_%H%M%S}"
    same = [name for name in taken if name == base or name.startswith(f"{base}_")]
    last = max((int(name[len(base) + 1 :] or 1) for name in same), default=0)
    return f"{base}_{last + 1}" if last else base


def indexes_of(alias: str) -> list[str]:
    """The physical indexes made for an alias, in use or not, oldest first."""
    # course_* would take in the indexes of course_run.
    own = re.compile(rf"{re.escape(alias)}_(\d{{8}}_\d{{6}})(?:_(\d+))?")
    with answering():
        names = client().indices.get_alias(index=f"{alias}_*").body
    found = [match for match in map(own.fullmatch, names) if match]
    return [each[0] for each in sorted(found, key=lambda each: (each[1], int(each[2] or 1)))]


def in_use(alias: str, purpose: Purpose = "index") -> list[str]:
    """The physical indexes that an alias leads to: one, none before the first build."""
    with answering():
        try:
            return sorted(client(purpose).indices.get_alias(name=alias).body)
        except NotFoundError:
            return []
