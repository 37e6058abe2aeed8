"""Asking all catalogs again about a few things: those that changed, or those that time changes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Q, QuerySet

from course_discovery.catalogs.models import AskedCatalog, Cause
from course_discovery.catalogs.operations.filling import NOBODY
from course_discovery.catalogs.operations.questions import KINDS, queried, questions
from course_discovery.catalogs.operations.rounds import Overtaken, begin_round
from course_discovery.catalogs.operations.storing import (
    Found,
    Reason,
    Reasons,
    Thing,
    because,
    store,
)
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.owners import batches
from search.documents.kinds import Kind
from search.indexing.touched import touched_documents
from search.queries import BadQuery, SearchUnavailable
from search.queries.moments import passed_by
from search.queries.stored import Sample, anything_between, matches_among, samples, turned

# Catalogs asked at once: each asks for things of every kind.
CATALOGS = 50
# Things that turn while the clock goes on one step; where there are more, all is asked again.
TURNS = 500
# Spans of time looked for at once; where there are more, every query is asked.
WINDOWS = 200
_TRIES = 10
Things = Mapping[Kind, Collection[UUID]]


def ask_about(things: Things, reasons: Reasons, at: datetime) -> None:
    """Ask every catalog about these things, which the search index has as they are now.

    Raises SearchUnavailable.
    """
    for kind, uuids in things.items():
        for batch in batches(sorted(uuids)):
            for pks in _catalogs(AskedCatalog.objects.all()):
                _until_it_counts(
                    partial(_ask, pks=pks, kind=kind, uuids=batch, reasons=reasons, at=at)
                )


def pass_time(now: datetime) -> None:
    """Let the queries that speak of now speak of this moment, and store what that turns.

    Raises SearchUnavailable.
    """
    moving = AskedCatalog.objects.filter(moves=True, complete=True, moment__lt=now)
    for pks in _catalogs(moving):
        _until_it_counts(partial(_pass_time, pks=pks, now=now))


def reasons_in(changes: Sequence[Change]) -> Reasons:
    """The last of the changes that touched each thing is the reason why it changed."""

    def find(things: Collection[Thing]) -> Callable[[Thing], Reason]:
        numbers = _numbers(things, changes)
        last = changes[-1].number
        return lambda thing: Reason(Cause.CHANGE, numbers.get(thing, last))

    return find


def touched_things(changes: Iterable[Change]) -> dict[Kind, set[UUID]]:
    """What catalogs may have of what the changes touch, deleted things too."""
    found = touched_documents(changes, dict.fromkeys(KINDS, ()))
    return {kind: {UUID(each) for each in uuids} for kind, uuids in found.items()}


def _numbers(things: Collection[Thing], changes: Sequence[Change]) -> dict[Thing, int]:
    """By halves: what the later changes touch, and of the rest what the earlier ones do."""
    if not things or len(changes) == 1:
        return dict.fromkeys(things, changes[0].number)
    middle = len(changes) // 2
    later = {
        (kind.name, uuid)
        for kind, uuids in touched_things(changes[middle:]).items()
        for uuid in uuids
    }
    return _numbers(later & set(things), changes[middle:]) | _numbers(
        set(things) - later, changes[:middle]
    )


def _catalogs(asked: QuerySet[AskedCatalog]) -> Iterator[list[int]]:
    """The primary keys of catalogs, some at a time."""
    last = 0
    while pks := list(
        asked.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CATALOGS]
    ):
        yield pks
        last = pks[-1]


def _until_it_counts(ask: Callable[[int], None]) -> None:
    for _ in range(_TRIES):
        try:
            return ask(begin_round())
        except Overtaken:
            continue
    raise SearchUnavailable("others ask for the same catalogs all the time")


def _ask(
    number: int, pks: list[int], kind: Kind, uuids: list[UUID], reasons: Reasons, at: datetime
) -> None:
    asked = AskedCatalog.objects.in_bulk(pks)
    wanted = [each for row in asked.values() for each in questions(row) if each.kind is kind]
    answers = matches_among([(each.kind, each.query) for each in wanted], uuids)
    found = []
    for question, matches in zip(wanted, answers, strict=True):
        if isinstance(matches, BadQuery):
            ask_again(question.catalog)
        else:
            found.append(Found(asked[question.catalog], kind, matches, Q(uuid__in=uuids)))
    store(number, found, reasons, at)


def _pass_time(number: int, pks: list[int], now: datetime) -> None:
    asked = AskedCatalog.objects.in_bulk(pks)
    found = _turning(asked, now) if _may_turn(asked.values(), now) else []
    store(number, found, because(Cause.TIME), now)
    for row in asked.values():
        AskedCatalog.objects.filter(pk=row.pk, moment=row.moment).update(moment=now)


def _may_turn(asked: Iterable[AskedCatalog], now: datetime) -> bool:
    """Whether some document has a date that a query has passed: one question for all of them."""
    windows = {
        window
        for row in asked
        for kind in KINDS
        for window in passed_by(queried(row, kind), row.moment, now)
    }
    return len(windows) > WINDOWS or anything_between(KINDS, windows)


def _turning(asked: Mapping[int, AskedCatalog], now: datetime) -> list[Found]:
    """What the queries match at this moment and not at theirs, and the other way round."""
    pairs = [
        pair
        for row in asked.values()
        for pair in zip(questions(row, now), questions(row), strict=True)
    ]
    turns = [
        (each.kind, turned(each.query, before=other.query))
        for pair in pairs
        for each, other in (pair[::-1], pair)
    ]
    answers = samples(turns, TURNS)
    found = []
    for (question, _before), lost, gained in zip(pairs, answers[::2], answers[1::2], strict=True):
        found += _turned(asked[question.catalog], question.kind, gained, lost)
    return found


def _turned(
    asked: AskedCatalog,
    kind: Kind,
    gained: Sample | BadQuery,
    lost: Sample | BadQuery,
) -> list[Found]:
    """What time turned, unless that is too much to be told thing by thing."""
    if isinstance(gained, BadQuery) or isinstance(lost, BadQuery):
        ask_again(asked.pk)
        return []
    if max(gained.count, lost.count) > TURNS:
        ask_again(asked.pk)
    things = Q(uuid__in=[match.uuid for match in [*gained.matches, *lost.matches]])
    return [Found(asked, kind, gained.matches, things)]


def ask_again(catalog: int) -> None:
    """Have a catalog asked for as a whole, by whoever looks next."""
    AskedCatalog.objects.filter(pk=catalog).update(complete=False, alive_at=NOBODY)
