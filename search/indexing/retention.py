"""Which old indexes are kept."""

from collections.abc import Iterable

from django.conf import settings

from search.documents.connection import answering, client
from search.documents.kinds import Kind
from search.indexing.builds import being_built
from search.indexing.names import in_use, indexes_of


def prune(kinds: Iterable[Kind]) -> list[str]:
    """Delete old indexes; answers their names.

    The one in use stays, those being built stay, and so do the newest
    ELASTICSEARCH_DSL_INDEX_RETENTION_LIMIT others, to go back to.
    """
    deleted: list[str] = []
    for kind in kinds:
        building = being_built(kind)
        used = in_use(kind.alias)
        spare = [name for name in indexes_of(kind.alias) if name not in {*building, *used}]
        surplus = len(spare) - settings.ELASTICSEARCH_DSL_INDEX_RETENTION_LIMIT
        for name in spare[: max(surplus, 0)]:
            with answering():
                client().indices.delete(index=name, ignore_unavailable=True)
            deleted.append(name)
    return deleted
