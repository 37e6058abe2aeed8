"""Who is building which index, and clearing away what a killed build left."""

import os
import socket
from collections.abc import Iterable
from datetime import datetime, timedelta

from search.documents.connection import answering, client
from search.documents.kinds import Kind
from search.indexing.names import in_use, indexes_of, physical_name
from search.models import IndexBuild

# A build that gave no sign of life for so long is taken to be dead, wherever it runs.
SILENCE = timedelta(minutes=2)


def being_built(kind: Kind) -> list[str]:
    """The indexes of a kind that are being filled now."""
    return list(IndexBuild.objects.filter(kind=kind.name).values_list("index", flat=True))


def begin(kind: Kind, now: datetime) -> IndexBuild:
    """Note the build of a new index, then create it."""
    build = _note(kind, now)
    try:
        with answering():
            client().indices.create(index=build.index, **kind.definition())
    except BaseException:
        end([build])
        raise
    return build


def _note(kind: Kind, now: datetime) -> IndexBuild:
    """The row of a new build, under a name that no other process took at the same time."""
    while True:
        taken = {*indexes_of(kind.alias), *being_built(kind)}
        build, made = IndexBuild.objects.get_or_create(
            index=physical_name(kind.alias, now, taken),
            defaults={
                "kind": kind.name,
                "host": socket.gethostname(),
                "process": os.getpid(),
                "started_at": now,
                "alive_at": now,
            },
        )
        if made:
            return build


def show_life(build: IndexBuild, now: datetime) -> None:
    """Let others know that the build goes on."""
    IndexBuild.objects.filter(pk=build.pk).update(alive_at=now)


def end(builds: Iterable[IndexBuild]) -> None:
    """Forget builds that are over."""
    IndexBuild.objects.filter(pk__in=[build.pk for build in builds]).delete()


def abandon(kind: Kind, build: IndexBuild) -> bool:
    """Forget a build, and remove its index; answers whether it did.

    An index that is in use stays: who built it died, or was not answered, after the alias had
    moved. With the search server away the row stays as well, and the next build clears up.
    """
    finished = build.index in in_use(kind.alias)
    if not finished:
        with answering():
            client().indices.delete(index=build.index, ignore_unavailable=True)
    end([build])
    return not finished


def clear_dead(kinds: Iterable[Kind], now: datetime) -> list[str]:
    """Remove what killed builds of these kinds left; answers the names of the indexes."""
    cleared = []
    for kind in kinds:
        for build in IndexBuild.objects.filter(kind=kind.name):
            if _is_dead(build, now) and abandon(kind, build):
                cleared.append(build.index)
    return cleared


def _is_dead(build: IndexBuild, now: datetime) -> bool:
    silent = build.alive_at < now - SILENCE
    if silent or build.host != socket.gethostname():
        return silent
    try:
        os.kill(build.process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
