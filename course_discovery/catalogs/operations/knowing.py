"""Making sure that the members of a catalog are known before somebody reads them."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from course_discovery.catalogs.models import AskedCatalog, Catalog, Cause
from course_discovery.catalogs.operations.filling import begin, fill, is_alive
from course_discovery.catalogs.operations.questions import fault_of
from course_discovery.catalogs.queries.members import Reader, course_counts
from search.documents.kinds import COURSE, PROGRAM, Kind
from search.queries import BadQuery, SearchUnavailable
from search.queries.stored import of_partner, samples, stored_query

RETRY_AFTER = 1
_AWAY = "Not known now: search does not answer"


class QueryFault(ValueError):
    """The stored query cannot be read; the text says why."""


class Counted(NamedTuple):
    """How many courses a catalog has, or 0 and why nobody can tell."""

    courses: int
    fault: str = ""


def count_courses(
    catalogs: Collection[Catalog], reader: Reader, now: datetime
) -> dict[int, Counted]:
    """The courses of catalogs by their primary keys.

    Where members are not known yet, the search index is asked how many there are: once for all.
    """
    rows = AskedCatalog.objects.filter(pk__in=[each.pk for each in catalogs])
    asked = {row.pk: row for row in rows}
    known: list[Catalog] = []
    unknown: list[Catalog] = []
    for each in catalogs:
        row = asked.get(each.pk)
        is_known = row is not None and row.complete and row.query == each.query
        (known if is_known else unknown).append(each)
    counts = course_counts([each.pk for each in known], reader)
    found = {pk: Counted(count, asked[pk].error) for pk, count in counts.items()}
    return found | _count_now(unknown, reader, now)


def _count_now(catalogs: Collection[Catalog], reader: Reader, now: datetime) -> dict[int, Counted]:
    faults = {each.pk: fault_of(each.query, now, "query") for each in catalogs}
    found = {pk: Counted(0, fault) for pk, fault in faults.items() if fault}
    readable = [each for each in catalogs if not faults[each.pk]]
    partner = reader.partner.short_code
    asked = [(COURSE, of_partner(stored_query(each.query, now), partner)) for each in readable]
    try:
        answers = samples(asked, 0)
    except SearchUnavailable:
        return found | {each.pk: Counted(0, _AWAY) for each in readable}
    for each, answer in zip(readable, answers, strict=True):
        if isinstance(answer, BadQuery):
            found[each.pk] = Counted(0, str(answer))
        else:
            found[each.pk] = Counted(answer.count)
    return found


def check_known(catalog: Catalog, kind: Kind, now: datetime) -> None:
    """Return if the members of this kind are known; ask for them first if nobody does.

    Raises QueryFault, and SearchUnavailable while somebody else asks, or nobody answers.
    """
    asked = _asked(catalog)
    if asked is None or not asked.complete:
        if asked is not None and is_alive(asked, now):
            raise SearchUnavailable("the members of the catalog are being looked for", RETRY_AFTER)
        fill(begin(catalog, now), Cause.CATALOG)
        asked = _asked(catalog)
        if asked is None or not asked.complete:
            raise SearchUnavailable("the members of the catalog are being looked for", RETRY_AFTER)
    fault = asked.program_error if kind is PROGRAM else asked.error
    if fault:
        raise QueryFault(fault)


def _asked(catalog: Catalog) -> AskedCatalog | None:
    """What is known of a catalog as it is now."""
    return AskedCatalog.objects.filter(
        pk=catalog.pk, query=catalog.query, program_query=catalog.program_query
    ).first()
