"""What is asked of the search index for a catalog."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from course_discovery.catalogs.models import AskedCatalog
from search.documents.kinds import COURSE, COURSE_RUN, PROGRAM, Kind
from search.indexing.names import in_use
from search.queries import BadQuery
from search.queries.stored import Query, stored_query

KINDS = (COURSE, COURSE_RUN, PROGRAM)


class Question(NamedTuple):
    """Which things of a kind a catalog's query matches."""

    catalog: int
    kind: Kind
    query: Query


def queried(asked: AskedCatalog, kind: Kind) -> str:
    """The query string for things of a kind, "" where the catalog has none that can be read."""
    if kind is PROGRAM:
        return "" if asked.program_error else asked.program_query.strip()
    return "" if asked.error else asked.query


def questions(asked: AskedCatalog, moment: datetime | None = None) -> Iterator[Question]:
    """The questions of a catalog, as of its moment or another one."""
    for kind in KINDS:
        written = queried(asked, kind)
        if written:
            query = stored_query(written, moment or asked.moment)
            yield Question(asked.pk, kind, query)


def fault_of(written: str, moment: datetime, parameter: str) -> str:
    """Why a query string cannot be read, "" for one that can; one of spaces stands for none."""
    if not written.strip():
        return "" if parameter == "program_query" else "A query may not be empty"
    try:
        stored_query(written, moment, parameter=parameter)
    except BadQuery as error:
        return str(error)
    return ""


def indexes_in_use() -> str:
    """The indexes that answer now, "" unless every kind has one.

    Raises SearchUnavailable.
    """
    names = [in_use(kind.alias) for kind in KINDS]
    return ",".join(name for each in names for name in each) if all(names) else ""
