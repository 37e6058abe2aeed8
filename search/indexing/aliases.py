"""Moving aliases."""

from collections.abc import Mapping

from search.documents.connection import answering, client
from search.documents.kinds import Kind
from search.indexing.names import in_use

_ROUNDS = 3


def move_aliases(wanted: Mapping[Kind, str]) -> None:
    """Let every alias lead to its index, in one call: readers see all or nothing of it.

    It is looked at again, because another process may have moved an alias in between.
    """
    for _ in range(_ROUNDS):
        actions: list[dict[str, dict[str, str]]] = []
        for kind, index in wanted.items():
            used = in_use(kind.alias)
            if index not in used:
                actions.append({"add": {"index": index, "alias": kind.alias}})
            actions += [
                {"remove": {"index": old, "alias": kind.alias}} for old in used if old != index
            ]
        if not actions:
            return
        with answering():
            client().indices.update_aliases(actions=actions)
