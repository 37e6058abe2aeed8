"""From changed objects to every projection that shows them.

Level by level: what shows the changed objects, what shows that, and so on. One query a level, of
the branches that are alive alone: a statement of all chains at once would leave the database a
thousand ways to go, of which it picks bad ones.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from course_discovery.core.changes import registry
from course_discovery.core.changes.owners import batches
from course_discovery.core.changes.registry import Identity
from course_discovery.projections.kinds import KINDS

# How often one kind may follow itself: curricula nest programs, two levels deep.
_NESTING = 2
# Branches in one statement.
_BRANCHES = 50
# Stands in prepared SQL for the keys of what is shown.
_KEYS = "__KEYS__"
Place = tuple[str, int]  # kind, primary key


class Chain(NamedTuple):
    """How objects of kind `last` came to show ones of kind `first`; `kinds` are all on the way.

    The order in between does not matter to where the chain may go on.
    """

    first: str
    last: str
    kinds: tuple[str, ...]


class Step(NamedTuple):
    """One more link of a chain, and the SQL that finds its objects."""

    chain: Chain
    sql: str


class Keys(NamedTuple):
    """Primary keys, as what stands in `IN (...)`: a query, or placeholders."""

    sql: str
    parameters: tuple[Any, ...]


Level = dict[Chain, list[Keys]]


def reached(identities: Collection[Identity]) -> set[Place]:
    """The projected objects that are these objects, or show them, directly or by others.

    A query for each level of showing, for each 500 objects; it sees what this transaction sees.
    """
    found: set[Place] = set()
    for batch in batches(identities):
        _follow(batch, found)
    return found


def shows_anywhere(kind: str) -> bool:
    """Whether a projection may show objects of this kind."""
    return kind in KINDS or bool(_steps(Chain(kind, kind, (kind,))))


def _follow(identities: list[Identity], found: set[Place]) -> None:
    """Add to `found` what the objects reach."""
    known: defaultdict[Chain, set[int]] = defaultdict(set)
    level: Level = {
        Chain(kind, kind, (kind,)): [keys]
        for kind, keys in _changed(identities)
        if shows_anywhere(kind)
    }
    own = [(chain, _select_own(chain.last, keys)) for chain, (keys,) in level.items()]
    branches = [each for each in own if each[0].last in KINDS]
    while level:
        branches += list(_branches(level))
        fresh: defaultdict[Chain, set[int]] = defaultdict(set)
        for chain, pk in _fetch(branches):
            if pk not in known[chain]:
                known[chain].add(pk)
                # The changed objects themselves have been followed.
                if chain.first != chain.last or len(chain.kinds) > 1:
                    fresh[chain].add(pk)
        found.update((c.last, pk) for c, pks in known.items() if c.last in KINDS for pk in pks)
        level = {chain: _placeholders(pks) for chain, pks in fresh.items()}
        branches = []


def _changed(identities: list[Identity]) -> Iterator[tuple[str, Keys]]:
    """The kinds of the objects, each with a query of their primary keys."""
    marks: defaultdict[tuple[str, bool], list[Any]] = defaultdict(list)
    for each in identities:
        rule = registry.kind_named(each.kind)
        marks[each.kind, each.draft].append(each.uuid if rule.uuid else each.key)
    wanted: defaultdict[str, Q] = defaultdict(Q)
    for (kind, draft), values in marks.items():
        rule = registry.kind_named(kind)
        only = {rule.draft: draft} if rule.draft else {}
        wanted[kind] |= Q(**{f"{rule.uuid or rule.key}__in": values}, **only)
    for kind, condition in wanted.items():
        model = registry.kind_named(kind).model
        rows = model._base_manager.filter(condition).order_by().values("pk")
        sql, parameters = rows.query.sql_with_params()
        yield kind, Keys(sql, tuple(parameters))


def _placeholders(pks: Iterable[int]) -> list[Keys]:
    return [Keys(", ".join(["%s"] * len(each)), tuple(each)) for each in batches(sorted(pks))]


def _select_own(kind: str, keys: Keys) -> Keys:
    return Keys(_sql(kind, "", connection.vendor).replace(_KEYS, keys.sql), keys.parameters)


def _branches(level: Level) -> Iterator[tuple[Chain, Keys]]:
    """The chains that go on from a level, each with the query of its objects."""
    for chain, of_chain in level.items():
        for step in _steps(chain):
            for keys in of_chain:
                yield step.chain, Keys(step.sql.replace(_KEYS, keys.sql), keys.parameters)


def _fetch(branches: list[tuple[Chain, Keys]]) -> Iterator[tuple[Chain, int]]:
    """What the branches find; one statement, but for very many."""
    for start in range(0, len(branches), _BRANCHES):
        part = branches[start : start + _BRANCHES]
        # The numbers are ours, the rest is what the ORM wrote.
        sql = " UNION ALL ".join(
            f"SELECT {number} AS branch, pk FROM ({keys.sql}) AS found{number}"  # noqa: S608
            for number, (_chain, keys) in enumerate(part)
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [each for _chain, keys in part for each in keys.parameters])
            rows = cursor.fetchall()
        yield from ((part[number][0], pk) for number, pk in rows)


@cache
def _steps(chain: Chain) -> tuple[Step, ...]:
    """How a chain goes on: by the owner table's lines, as far as they lead to a projection."""
    found: dict[tuple[Chain, str], None] = {}
    for other, path in registry.kind_named(chain.last).shown_by:
        if registry.has_kind(other) and _goes_on(chain, other):
            following = Chain(chain.first, other, tuple(sorted((*chain.kinds, other))))
            if other in KINDS or _steps(following):
                found[following, path] = None
    return tuple(
        Step(following, _sql(following.last, path, connection.vendor)) for following, path in found
    )


def _goes_on(chain: Chain, other: str) -> bool:
    """Whether what happens at the beginning of the chain is seen in the objects of `other`.

    A chain passes each kind once, one that shows itself twice.
    """
    if other in chain.kinds and (other != chain.last or chain.kinds.count(other) > _NESTING):
        return False
    through = KINDS[other].shows_of.get(chain.last) if other in KINDS else None
    return through is None or chain.first == chain.last or chain.first in through


@cache
def _sql(kind: str, path: str, vendor: str) -> str:
    """The query of the objects of a kind whose look-up `path` leads to given keys.

    Raises ValueError for a manager that filters: its values would have no place.
    """
    # By the primary key: some foreign keys hold other columns.
    look_up = f"{path}__pk__in" if path else "pk__in"
    keys = RawSQL(_KEYS, ())  # nosec B611 - a constant of this module
    rows = registry.kind_named(kind).model._base_manager.filter(**{look_up: keys})
    sql, parameters = rows.order_by().values("pk").query.sql_with_params()
    if parameters:
        raise ValueError(f"the base manager of {kind} filters rows")
    return sql
