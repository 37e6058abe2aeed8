"""Asking for a catalog as a whole: all members there are, a stretch of primary keys at a time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from course_discovery.catalogs.models import AskedCatalog, Catalog, Cause, Member
from course_discovery.catalogs.operations.questions import (
    KINDS,
    Question,
    fault_of,
    indexes_in_use,
    queried,
    questions,
)
from course_discovery.catalogs.operations.rounds import Overtaken, current_round
from course_discovery.catalogs.operations.storing import Found, Reasons, because, store
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.registry import kind_named
from course_discovery.core.changes.sequence import number_changes
from search.documents.kinds import PROGRAM, Kind
from search.queries import BadQuery, SearchUnavailable
from search.queries.moments import speaks_of_now
from search.queries.stored import Match, matches_after

Clock = Callable[[], datetime]
# Members asked for, and stored, at once.
STRETCH = 1000
# Whoever asks and gave no sign of life for so long is taken to be dead.
SILENCE = timedelta(seconds=30)
_TRIES = 20
# When nobody asks for a catalog that is not complete.
NOBODY = datetime(1970, 1, 1, tzinfo=UTC)


def begin(catalog: Catalog, now: datetime) -> AskedCatalog:
    """Note that a catalog is asked for from now on, by the caller."""
    asked, _made = AskedCatalog.objects.update_or_create(
        pk=catalog.pk,
        defaults={
            "query": catalog.query,
            "program_query": catalog.program_query,
            "moment": now,
            "moves": speaks_of_now(catalog.query) or speaks_of_now(catalog.program_query),
            "error": fault_of(catalog.query, now, "query"),
            "program_error": fault_of(catalog.program_query, now, "program_query"),
            "indexes": "",
            "complete": False,
            "alive_at": now,
        },
    )
    return asked


def fill(asked: AskedCatalog, cause: str, *, clock: Clock = timezone.now) -> None:
    """Ask for all members of a catalog that `begin` has noted, and store them.

    Somebody who begins anew meanwhile goes on instead. Raises SearchUnavailable; the next look at
    what is not complete tries again.
    """
    try:
        indexes = indexes_in_use()
        reasons = because(cause, change_of(asked.pk) if cause == Cause.CATALOG else None)
        wanted = {question.kind: question for question in questions(asked)}
        for kind in KINDS:
            _fill_kind(asked, kind, wanted.get(kind), reasons, clock)
    except Overtaken:
        return
    except BaseException:
        _same(asked).update(alive_at=NOBODY)
        raise
    _same(asked).update(complete=True, indexes=indexes)


def change_of(catalog: int) -> int | None:
    """The number of the last change of a catalog in the change log, None if it was forgotten."""
    while number_changes():
        pass
    identity = kind_named("catalog").identity([catalog, catalog])
    entries = Change.objects.filter(kind=identity.kind, uuid=identity.uuid)
    return entries.order_by("-number").values_list("number", flat=True).first()


def is_alive(asked: AskedCatalog, now: datetime) -> bool:
    """Whether somebody is asking for a catalog now."""
    return not asked.complete and asked.alive_at > now - SILENCE


def _fill_kind(
    asked: AskedCatalog, kind: Kind, question: Question | None, reasons: Reasons, clock: Clock
) -> None:
    after: int | None = 0
    while after is not None:
        after = _fill_stretch(asked, kind, question, after, reasons, clock)
        _same(asked).update(alive_at=clock())


def _fill_stretch(
    asked: AskedCatalog,
    kind: Kind,
    question: Question | None,
    after: int,
    reasons: Reasons,
    clock: Clock,
) -> int | None:
    """Store the members behind a primary key; answers the last one that was looked at, or None."""
    for _ in range(_TRIES):
        number = current_round()
        matches = _ask(asked, kind, question, after)
        end = _end(asked, kind, after, [match.row for match in matches])
        if end is not None:
            matches = [match for match in matches if match.row <= end]
        among = Q(row__gt=after) if end is None else Q(row__gt=after, row__lte=end)
        try:
            store(number, [Found(asked, kind, matches, among)], reasons, clock())
        except Overtaken:
            if not _same(asked).exists():
                raise
            continue
        return end
    raise SearchUnavailable("the catalog changes faster than it can be asked for")


def _ask(asked: AskedCatalog, kind: Kind, question: Question | None, after: int) -> list[Match]:
    if question is None or not queried(asked, kind):
        return []
    try:
        return matches_after(kind, question.query, after, STRETCH)
    except BadQuery as error:
        # Taken by our own reading of it, and refused by the engine.
        name = "program_error" if kind is PROGRAM else "error"
        setattr(asked, name, str(error))
        _same(asked).update(**{name: str(error)})
        return []


def _end(asked: AskedCatalog, kind: Kind, after: int, rows: list[int]) -> int | None:
    """Where a stretch ends, so that it has at most STRETCH matches and as many old members."""
    members = Member.objects.filter(catalog=asked.pk, kind=kind.name, row__gt=after)
    ends = list(members.order_by("row").values_list("row", flat=True)[STRETCH - 1 : STRETCH])
    if len(rows) == STRETCH:
        ends.append(rows[-1])
    return min(ends, default=None)


def _same(asked: AskedCatalog) -> QuerySet[AskedCatalog]:
    """The row, as long as nobody has begun anew."""
    return AskedCatalog.objects.filter(pk=asked.pk, moment=asked.moment, query=asked.query)
