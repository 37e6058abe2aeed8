"""Building new indexes beside the ones in use, and moving the aliases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils import timezone

from course_discovery.core.changes.models import Change
from course_discovery.core.changes.sequence import last_number, number_changes
from search.documents.connection import SearchUnavailable
from search.documents.kinds import Kind
from search.indexing import builds, comparing, live, records
from search.indexing.aliases import move_aliases
from search.indexing.names import in_use
from search.indexing.retention import prune
from search.indexing.writing import BATCH, batches_of_rows, refresh, write_rows, write_uuids
from search.models import IndexBuild

Clock = Callable[[], datetime]
# How often differences are looked for and mended while others go on writing.
_ROUNDS = 3
_ENTRIES = 200


class BuildRefused(Exception):
    """A new index is not fit to be used; the aliases stay where they are."""


class Progress(Protocol):
    """Who is told how far a build is."""

    def begin(self, kind: Kind, index: str, rows: int) -> None:
        """A new index is about to be filled with the documents of so many rows."""

    def advance(self, kind: Kind, rows: int) -> None:
        """So many more rows are done."""


@dataclass(frozen=True)
class Built:
    """A new index in use: how many documents it has, and how many the one before had."""

    kind: Kind
    index: str
    count: int
    before: int


def rebuild(
    kinds: Sequence[Kind],
    *,
    progress: Progress,
    limit_change: bool = True,
    clock: Clock = timezone.now,
) -> list[Built]:
    """Build new indexes of these kinds and take them into use, all of them at once or none.

    Raises BuildRefused when a new index does not agree with the database, or differs too much in
    size from the one before (INDEX_SIZE_CHANGE_THRESHOLD, unless `limit_change` is off), and
    SearchUnavailable when nobody answers. What was built is removed then.
    """
    builds.clear_dead(kinds, clock())
    since = last_number()
    begun: dict[Kind, IndexBuild] = {}
    try:
        for kind in kinds:
            begun[kind] = builds.begin(kind, clock())
        for kind, build in begun.items():
            _fill(kind, build, progress, clock)
        _catch_up(begun, since)
        built = [_checked(kind, build, limit_change, clock) for kind, build in begun.items()]
        move_aliases({kind: build.index for kind, build in begun.items()})
    except BaseException:
        _give_up(begun)
        raise
    for each in built:
        records.note_build(each.kind, each.index, each.count, clock())
    builds.end(begun.values())
    prune(kinds)
    return built


def create_missing(kinds: Sequence[Kind], clock: Clock = timezone.now) -> list[str]:
    """Create an empty index for each alias that leads nowhere; answers the indexes' names."""
    begun: dict[Kind, IndexBuild] = {}
    try:
        for kind in kinds:
            if not in_use(kind.alias):
                begun[kind] = builds.begin(kind, clock())
        move_aliases({kind: build.index for kind, build in begun.items()})
    except BaseException:
        _give_up(begun)
        raise
    for kind, build in begun.items():
        records.note_build(kind, build.index, 0, clock())
    builds.end(begun.values())
    return [build.index for build in begun.values()]


def _fill(kind: Kind, build: IndexBuild, progress: Progress, clock: Clock) -> None:
    progress.begin(kind, build.index, kind.rows().count())
    refused: dict[str, str] = {}
    for pks in batches_of_rows(kind):
        refused |= write_rows(kind, pks, [build.index], clock()).refused
        if refused:
            uuid, reason = next(iter(refused.items()))
            raise BuildRefused(f"{build.index} takes no {kind.name} {uuid}: {reason}")
        builds.show_life(build, clock())
        progress.advance(kind, len(pks))


def _catch_up(begun: dict[Kind, IndexBuild], since: int) -> None:
    """Apply what the change log recorded meanwhile, in case nobody else does."""
    while number_changes():
        pass
    targets = {kind: [build.index] for kind, build in begun.items()}
    while entries := list(Change.objects.filter(number__gt=since).order_by("number")[:_ENTRIES]):
        live.apply(entries, targets)
        since = entries[-1].number
    refresh([build.index for build in begun.values()])


def _checked(kind: Kind, build: IndexBuild, limit_change: bool, clock: Clock) -> Built:
    _agree(kind, build, clock)
    built = Built(kind, build.index, comparing.count(build.index), comparing.count(kind.alias))
    if limit_change and built.before:
        share = abs(built.count - built.before) / built.before
        if share >= settings.INDEX_SIZE_CHANGE_THRESHOLD:
            raise BuildRefused(
                f"{build.index} has {built.count} documents and {kind.alias} has {built.before}: "
                f"a change of {share:.0%}, while {settings.INDEX_SIZE_CHANGE_THRESHOLD:.0%} is "
                "refused; --disable-change-limit takes it"
            )
    return built


def _agree(kind: Kind, build: IndexBuild, clock: Clock) -> None:
    """Mend what differs from the database, and look at that again.

    Others write meanwhile: what they change after the first look is theirs to bring to the index,
    and only what differs again and again does not agree.
    """
    wrong: list[str] = []
    for uuids in comparing.differing(kind, build.index, clock()):
        wrong += uuids
        write_uuids(kind, uuids, [build.index], clock())
        builds.show_life(build, clock())
    for _ in range(_ROUNDS):
        if not wrong:
            return
        refresh([build.index])
        wrong = [
            uuid
            for start in range(0, len(wrong), BATCH)
            for uuid in comparing.differences_among(
                kind, build.index, wrong[start : start + BATCH], clock()
            )
        ]
        for start in range(0, len(wrong), BATCH):
            write_uuids(kind, wrong[start : start + BATCH], [build.index], clock())
            builds.show_life(build, clock())
    if wrong:
        raise BuildRefused(
            f"{build.index} does not agree with the database: "
            f"{len(wrong)} documents, {wrong[0]} among them"
        )


def _give_up(begun: dict[Kind, IndexBuild]) -> None:
    """Remove what was built; if the server is away, the next build does."""
    try:
        for kind, build in begun.items():
            builds.abandon(kind, build)
    except SearchUnavailable:
        return
