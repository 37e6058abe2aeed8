"""Storing who the members of catalogs are, and what that means for what was known before."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from course_discovery.catalogs.models import AskedCatalog, Member, MemberChange
from course_discovery.catalogs.operations.rounds import Overtaken, in_round
from course_discovery.core.changes.owners import batches
from course_discovery.core.fields import fold
from search.documents.kinds import Kind
from search.queries.stored import Match


class Reason(NamedTuple):
    """Why members changed: the cause, and the number of the change in the change log."""

    cause: str
    change: int | None


Thing = tuple[str, UUID]
"""The kind and the uuid of what may be a member."""
Reasons = Callable[[Collection[Thing]], Callable[[Thing], Reason]]
"""Finds out for some things at once why they changed."""


@dataclass(frozen=True)
class Found:
    """Which of some things a catalog has: all that `among` names, but for `matches`, are not."""

    asked: AskedCatalog
    kind: Kind
    matches: Sequence[Match]
    among: Q


class _Difference(NamedTuple):
    """What one thing was before and is now; one of the two may be nothing."""

    catalog: int
    kind: str
    before: Member | None
    after: Match | None

    @property
    def thing(self) -> Thing:
        """The thing itself."""
        either = self.after or self.before
        assert either is not None
        return self.kind, either.uuid

    @property
    def is_seen(self) -> bool:
        """Whether it is a gain or a loss for somebody."""
        before, after = self.before, self.after
        return before is None or after is None or _circle(before) != _circle(after)


def store(number: int, found: Sequence[Found], reasons: Reasons, at: datetime) -> None:
    """Store answers of a round, with what catalogs gained and lost by them.

    Where nothing differs nothing is written. Raises Overtaken if another round has begun, or if a
    catalog was asked anew meanwhile.
    """
    noticed = {each.thing for each in _differences(found)}
    if not noticed:
        return
    reason_of = reasons(noticed)
    with in_round(number):
        _check_present(found)
        differences = list(_differences(found))
        _tell(differences, reason_of, at)
        _write(differences)


def because(cause: str, change: int | None = None) -> Reasons:
    """The same reason for everything."""
    return lambda things: lambda thing: Reason(cause, change)


def _check_present(found: Iterable[Found]) -> None:
    """Raise Overtaken if one of the catalogs is asked for something else, or is gone."""
    wanted = {(each.asked.pk, each.asked.moment, each.asked.query) for each in found}
    rows = AskedCatalog.objects.filter(pk__in=[pk for pk, _moment, _query in wanted])
    if wanted != set(rows.values_list("pk", "moment", "query")):
        raise Overtaken


def _differences(found: Iterable[Found]) -> Iterator[_Difference]:
    for each in found:
        matches = {match.uuid: match for match in each.matches}
        own = Member.objects.filter(catalog=each.asked.pk, kind=each.kind.name)
        known = {
            member.uuid: member for member in own.filter(each.among | Q(uuid__in=list(matches)))
        }
        for uuid in [*known, *(uuid for uuid in matches if uuid not in known)]:
            before, after = known.get(uuid), matches.get(uuid)
            if before is None or after is None or _columns(before) != _columns(after):
                yield _Difference(each.asked.pk, each.kind.name, before, after)


def _columns(either: Member | Match) -> tuple[int, str, str, str]:
    return (either.row, either.key, *_circle(either))


def _circle(either: Member | Match) -> tuple[str, str]:
    """To whom it is shown."""
    return either.partner, either.restriction_type


def _tell(
    differences: Iterable[_Difference], reason_of: Callable[[Thing], Reason], at: datetime
) -> None:
    """Note losses and gains; what is shown to others than before is both."""
    entries = []
    for each in differences:
        reason = reason_of(each.thing)
        for gained, side in ((False, each.before), (True, each.after)):
            if side is not None and each.is_seen:
                entries.append(
                    MemberChange(
                        catalog_id=each.catalog, kind=each.kind, uuid=side.uuid, key=side.key,
                        partner=side.partner, restriction_type=side.restriction_type,
                        gained=gained, cause=reason.cause, change=reason.change, at=at,
                    )
                )  # fmt: skip
    MemberChange.objects.bulk_create(entries, batch_size=500)


def _write(differences: Sequence[_Difference]) -> None:
    lost = [each.before.pk for each in differences if each.before and each.after is None]
    for batch in batches(lost):
        Member.objects.filter(pk__in=batch).delete()
    gained: list[Member] = []
    changed: list[Member] = []
    for each in differences:
        if each.after is None:
            continue
        member = each.before or Member(catalog_id=each.catalog, kind=each.kind)
        member.uuid, member.row, member.key = each.after.uuid, each.after.row, each.after.key
        member.partner, member.restriction_type = _circle(each.after)
        member.key_folded = fold(member.key)
        (changed if each.before else gained).append(member)
    Member.objects.bulk_create(gained, batch_size=500)
    Member.objects.bulk_update(
        changed, ["row", "key", "key_folded", "partner", "restriction_type"], batch_size=100
    )
