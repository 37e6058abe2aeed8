"""What catalogs hold, and what they gained and lost, as a partner's readers see it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from course_discovery.catalogs.models import Catalog, Member, MemberChange
from course_discovery.core.changes.owners import batches
from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from search.documents.kinds import COURSE, Kind


@dataclass(frozen=True)
class Reader:
    """For whom members are read: whose partner's, with which restricted runs."""

    partner: Partner
    restrictions: Collection[str] = field(default_factory=frozenset)

    @property
    def sees(self) -> Q:
        """The condition that a member, or a change of members, is shown."""
        circles = ["", *self.restrictions]
        return Q(partner=self.partner.short_code, restriction_type__in=circles)


def members(catalog: Catalog, kind: Kind, reader: Reader) -> QuerySet[Member]:
    """The members of a kind."""
    return Member.objects.filter(reader.sees, catalog=catalog, kind=kind.name)


def rows_of(found: QuerySet[Member]) -> QuerySet[Any, Any]:
    """The primary keys of what members are, for `pk__in`."""
    return found.order_by().values("row")


def contained(found: QuerySet[Member], keys: Iterable[str]) -> set[str]:
    """Those of the keys that are keys of the members, whatever their case."""
    folded = {key: fold(key) for key in keys}
    have: set[str] = set()
    for batch in batches(sorted(set(folded.values()))):
        have.update(found.filter(key_folded__in=batch).values_list("key_folded", flat=True))
    return {key for key, each in folded.items() if each in have}


def course_counts(catalogs: Collection[int], reader: Reader) -> dict[int, int]:
    """How many courses each of the catalogs has; one query."""
    rows = Member.objects.filter(reader.sees, catalog__in=catalogs, kind=COURSE.name)
    counted = rows.order_by().values_list("catalog").annotate(courses=Count("pk"))
    return dict.fromkeys(catalogs, 0) | dict(counted)


def changes_since(
    catalog: Catalog, reader: Reader, since: int | datetime
) -> QuerySet[MemberChange]:
    """What a catalog gained and lost after a change of members, or after a moment, in order."""
    later = Q(pk__gt=since) if isinstance(since, int) else Q(at__gt=since)
    return MemberChange.objects.filter(reader.sees, later, catalog=catalog).order_by("pk")
