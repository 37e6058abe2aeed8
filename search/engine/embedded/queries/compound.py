"""Queries that combine others: bool, dis_max, constant_score and nested."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from search.engine.embedded.errors import QueryError
from search.engine.embedded.queries.base import Context, Query, Scores, scaled


@dataclass(frozen=True, kw_only=True)
class Bool(Query):
    """Clauses that must, should or must not match; `filter` is must without a score.

    At least `minimum` of the should clauses match.
    """

    must: tuple[Query, ...] = ()
    filter: tuple[Query, ...] = ()
    should: tuple[Query, ...] = ()
    must_not: tuple[Query, ...] = ()
    minimum: int = 0

    def documents(self, context: Context) -> set[int]:
        """Return the documents that match."""
        required = [query.documents(context) for query in (*self.filter, *self.must)]
        if self.minimum:
            found = [query.documents(context) for query in self.should]
            required.append(_at_least(self.minimum, found))
        return self._without_prohibited(context, _intersection(context, required))

    def scores(self, context: Context) -> Scores:
        """Return the sum of the scores of the must and should clauses."""
        must = [query.scores(context) for query in self.must]
        should = [query.scores(context) for query in self.should]
        if self.minimum == 1 and not (must or self.filter or self.must_not):
            return scaled(_sum(should), self.boost)
        required: list[Iterable[int]] = [query.documents(context) for query in self.filter]
        required += must
        if self.minimum:
            required.append(_at_least(self.minimum, should))
        found = self._without_prohibited(context, _intersection(context, required))
        if not must and not should:
            return dict.fromkeys(found, 0.0)
        total = _sum([*must, *should])
        return {document: total.get(document, 0.0) * self.boost for document in found}

    def clauses(self, context: Context) -> Iterable[Query]:
        """Return the clauses that a document may match."""
        return (*self.must, *self.filter, *self.should)

    def check(self, context: Context) -> None:
        """Check all clauses."""
        for query in (*self.clauses(context), *self.must_not):
            query.check(context)

    def _without_prohibited(self, context: Context, found: set[int]) -> set[int]:
        for query in self.must_not:
            found = found - query.documents(context)
        return found


@dataclass(frozen=True, kw_only=True)
class DisMax(Query):
    """Any of several queries; the best score counts, and a share of the others."""

    queries: tuple[Query, ...]
    tie_breaker: float = 0.0

    def documents(self, context: Context) -> set[int]:
        """Return the documents that any of the queries finds."""
        return set().union(*(query.documents(context) for query in self.queries))

    def scores(self, context: Context) -> Scores:
        """Return the best scores."""
        found = [query.scores(context) for query in self.queries]
        if not found:
            return {}
        if len(found) == 1:
            return scaled(found[0], self.boost)
        first, *rest = sorted(found, key=len, reverse=True)
        best = dict(first)
        for scores in rest:
            for document, score in scores.items():
                if score > best.get(document, -1.0):
                    best[document] = score
        if self.tie_breaker:
            sums, share = _sum(found), self.tie_breaker
            best = {key: score + share * (sums[key] - score) for key, score in best.items()}
        return scaled(best, self.boost)

    def clauses(self, context: Context) -> Iterable[Query]:
        """Return the alternatives."""
        return self.queries


@dataclass(frozen=True, kw_only=True)
class ConstantScore(Query):
    """A query whose hits all have the same score."""

    filter: Query

    def documents(self, context: Context) -> set[int]:
        """Return what the inner query finds."""
        return self.filter.documents(context)

    def clauses(self, context: Context) -> Iterable[Query]:
        """Return the inner query."""
        return (self.filter,)


@dataclass(frozen=True, kw_only=True)
class Nested(Query):
    """Documents with a nested document that matches; `mode` joins the scores of several."""

    path: str
    query: Query
    mode: str = "avg"
    ignores_unmapped: bool = False

    def documents(self, context: Context) -> set[int]:
        """Return the documents that hold a matching nested one."""
        inner = self._inside(context)
        if inner is None:
            return set()
        parents = _parents(context, inner.scope)
        return {parents[child] for child in self.query.documents(inner) if child in parents}

    def scores(self, context: Context) -> Scores:
        """Return the joined scores of the nested documents."""
        inner = self._inside(context)
        if inner is None:
            return {}
        if self.mode == "none":
            return dict.fromkeys(self.documents(context), 0.0)
        parents = _parents(context, inner.scope)
        grouped: dict[int, list[float]] = {}
        for child, score in self.query.scores(inner).items():
            if child in parents:
                grouped.setdefault(parents[child], []).append(score)
        return {key: self.boost * self._joined(scores) for key, scores in grouped.items()}

    def check(self, context: Context) -> None:
        """Check the path and the inner query."""
        inner = self._inside(context)
        if inner is not None:
            self.query.check(inner)

    def _joined(self, scores: list[float]) -> float:
        match self.mode:
            case "sum":
                return sum(scores)
            case "max":
                return max(scores)
            case "min":
                return min(scores)
        return sum(scores) / len(scores)

    def _inside(self, context: Context) -> Context | None:
        node = context.index.mapping.objects.get(self.path)
        if node is not None and node.number:
            return context.inside(self.path)
        if self.ignores_unmapped:
            return None
        raise QueryError(
            "failed to create query: [nested] failed to find nested object under path"
            f" [{self.path}]"
        )


def _parents(context: Context, path: str) -> dict[int, int]:
    """Return, for the nested documents of a path, the documents of the scope that hold them."""
    nested = context.index.mapping.nested_numbers()
    parents = context.reader.parents(nested[path])
    while path := path.rpartition(".")[0]:
        if path == context.scope:
            break
        if path in nested:
            above = context.reader.parents(nested[path])
            parents = {child: above[parent] for child, parent in parents.items()}
    return parents


def _intersection(context: Context, found: list[Iterable[int]] | list[set[int]]) -> set[int]:
    if not found:
        return context.everything()
    sets = [part if isinstance(part, set) else set(part) for part in found]
    sets.sort(key=len)
    return reduce(set.__and__, sets)


def _sum(parts: list[Scores]) -> Scores:
    """Return the sum of the scores of each document in any of the parts."""
    first, *rest = sorted(parts, key=len, reverse=True)
    total = dict(first)
    for scores in rest:
        for document, score in scores.items():
            total[document] = total.get(document, 0.0) + score
    return total


def _at_least(minimum: int, found: list[set[int]] | list[Scores]) -> set[int]:
    """Return the documents in at least so many of the sets."""
    if minimum == 1:
        return set().union(*found)
    counts: dict[int, int] = {}
    for documents in found:
        for document in documents:
            counts[document] = counts.get(document, 0) + 1
    return {document for document, count in counts.items() if count >= minimum}
