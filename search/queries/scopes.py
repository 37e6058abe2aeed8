"""Whom learner pathways are for: lists leave out those for others."""

from collections.abc import Collection, Iterator
from uuid import UUID

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from learner_pathway.models import ScopeKind
from search.documents.learner_pathway import scope_name
from search.queries.errors import BadValue
from search.queries.filters import MAX_TERMS, Parameters
from search.queries.values import text

PARAMETERS = {
    "enterprise_customer_uuid": ScopeKind.ENTERPRISE,
    "learner_group_uuid": ScopeKind.LEARNER_GROUP,
}


def scopes_of(parameters: Parameters) -> frozenset[str]:
    """The scopes that parameters name, by comma separated uuids; naming one widens a list.

    Raises BadValue for what is no uuid, and for too many.
    """
    found = {
        scope_name(kind, uuid)
        for name, kind in PARAMETERS.items()
        for uuid in _uuids(name, parameters)
    }
    if len(found) > MAX_TERMS:
        raise BadValue(next(iter(PARAMETERS)), f"At most {MAX_TERMS} values.")
    return frozenset(found)


def within_scopes(scopes: Collection[str]) -> Query:
    """No learner pathways for others: only those for everybody, or for one of these scopes."""
    for_everybody = ~Q("exists", field="scopes")
    return for_everybody | Q("terms", scopes=sorted(scopes)) if scopes else for_everybody


def _uuids(name: str, parameters: Parameters) -> Iterator[str]:
    for value in parameters.get(name, ()):
        for part in text(value).split(",") if value is not None else ():
            if not part.strip():
                continue
            try:
                yield str(UUID(part.strip()))
            except ValueError:
                raise BadValue(name, "Must be uuids, separated by commas.") from None
