"""What every query can do."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from search.engine.embedded.indexes import Index
from search.engine.embedded.mapping.fields import Field
from search.engine.embedded.storage.reader import Reader

Scores = dict[int, float]


@dataclass(frozen=True)
class Context:
    """One index in one state, asked at one time (`now`, milliseconds since 1970).

    Inside a nested query `scope` is its path, and documents are the nested ones of that path.
    """

    index: Index
    reader: Reader
    now: int
    scope: str = ""

    def field(self, name: str) -> Field | None:
        """Return the field of a name; None if there is none in this scope."""
        found = self.index.mapping.fields.get(name)
        return found if found is not None and found.scope == self.scope else None

    def everything(self) -> set[int]:
        """Return all documents that a query can find here."""
        if not self.scope:
            return self.reader.roots()
        return self.reader.holders(self.index.mapping.objects[self.scope].number)

    def inside(self, path: str) -> "Context":
        """Return the context for queries on the nested documents of a path."""
        return replace(self, scope=path)


@dataclass(frozen=True, kw_only=True)
class Query(ABC):
    """Finds documents; `documents` may include ones that are dead, which the search takes out."""

    boost: float = 1.0

    @abstractmethod
    def documents(self, context: Context) -> set[int]:
        """Return the documents that match."""

    def scores(self, context: Context) -> Scores:
        """Return the score of each document that matches."""
        return dict.fromkeys(self.documents(context), self.boost)

    def clauses(self, context: Context) -> "Iterable[Query]":
        """Return the queries inside this one that say why a document matches."""
        return ()

    def marks(self, context: Context) -> "Iterable[Mark]":
        """Return what of a matching document's text is worth marking."""
        for clause in self.clauses(context):
            yield from clause.marks(context)

    def check(self, context: Context) -> None:
        """Raise RequestError if the query, or one inside it, cannot be run on the index."""
        for clause in self.clauses(context):
            clause.check(context)

    def describe(self) -> str:
        """Return what the query asks, in a few words."""
        return type(self).__name__

    def explain(self, context: Context, document: int) -> dict[str, Any]:
        """Return the score of a document, and below it those of the clauses that it matches."""
        details = [
            clause.explain(context, document)
            for clause in self.clauses(context)
            if document in clause.documents(context)
        ]
        return {
            "value": self.scores(context).get(document, 0.0),
            "description": self.describe(),
            "details": details,
        }


@dataclass(frozen=True)
class Mark:
    """Consecutive words of a field to be marked; each may be one of several terms.

    With `is_prefix` the only word need only start with the term.
    """

    field: str
    words: tuple[frozenset[str], ...]
    is_prefix: bool = False


@dataclass(frozen=True, kw_only=True)
class Nothing(Query):
    """Matches no document."""

    def documents(self, context: Context) -> set[int]:
        """Return nothing."""
        return set()


@dataclass(frozen=True, kw_only=True)
class Everything(Query):
    """Matches every document."""

    def documents(self, context: Context) -> set[int]:
        """Return every document."""
        return context.everything()


@dataclass(frozen=True, kw_only=True)
class Rewritten(Query):
    """A query that becomes simpler ones once the index is known."""

    @abstractmethod
    def rewrite(self, context: Context) -> Query:
        """Return the simpler query; raises RequestError if it cannot be run on the index."""

    def documents(self, context: Context) -> set[int]:
        """Return the documents that match."""
        return self.rewrite(context).documents(context)

    def scores(self, context: Context) -> Scores:
        """Return the score of each document that matches."""
        found = self.rewrite(context).scores(context)
        return scaled(found, self.boost)

    def clauses(self, context: Context) -> Iterable[Query]:
        """Return the simpler query."""
        return (self.rewrite(context),)


def scaled(scores: Scores, boost: float) -> Scores:
    """Return scores times a boost."""
    if boost == 1.0:
        return scores
    return {document: score * boost for document, score in scores.items()}
