"""What the search commands share: one clear line and exit 1 when something is in the way."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from elasticsearch import ApiError

from search.documents.connection import SearchUnavailable, server_url
from search.documents.kinds import KINDS, Kind


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what search runs into, into a CommandError of one line."""
    try:
        yield
    except SearchUnavailable as error:
        raise CommandError(f"{server_url() or 'The embedded search engine'}: {error}") from error
    except ApiError as error:
        raise CommandError(f"the search server refused a request: {error}") from error


def kinds_named(names: list[str]) -> list[Kind]:
    """The kinds that names stand for: `course`, `course_metadata.CourseRun`, `course_metadata`.

    Without a name all kinds. Raises CommandError for a name that stands for none.
    """
    chosen: set[str] = set()
    for name in names:
        found = [kind.name for kind in KINDS if name.lower() in _names(kind)]
        if not found:
            known = ", ".join(kind.name for kind in KINDS)
            raise CommandError(f"nothing called {name} is indexed; known are {known}")
        chosen.update(found)
    return [kind for kind in KINDS if kind.name in chosen or not names]


def _names(kind: Kind) -> set[str]:
    meta = kind.model._meta
    return {kind.name, kind.content_type, meta.app_label, meta.label_lower}
