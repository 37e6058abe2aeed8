"""The owner table of search."""

from course_discovery.core.changes.receivers import connect
from course_discovery.core.changes.registry import Object
from search.models import SynonymGroup


def register() -> None:
    """Put groups of synonyms into the owner table; no document shows them."""
    connect(Object("synonym_group", SynonymGroup, key="pk", uuid=None))
