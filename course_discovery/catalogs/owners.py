"""The owner table of catalogs."""

from course_discovery.catalogs.models import Catalog
from course_discovery.core.changes.receivers import connect
from course_discovery.core.changes.registry import Object


def register() -> None:
    """Put catalogs into the owner table; nothing else shows them.

    Their members are derived from the search index, and tell their changes by themselves.
    """
    connect(Object("catalog", Catalog, key="pk", uuid=None))
