"""The runs of a catalog's courses that are sold now: what exports and feeds are made of."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

import orjson

from course_discovery.catalogs.models import Catalog
from course_discovery.catalogs.queries.members import Reader, members, rows_of
from course_discovery.course_metadata.models import Course
from course_discovery.projections.stored import read
from course_discovery.projections.values import with_host
from search.documents.kinds import COURSE

Rendered = dict[str, Any]
# Courses read at once: bounds memory.
BATCH = 50


def sold_runs(
    catalog: Catalog,
    reader: Reader,
    *,
    now: datetime,
    root: str,
    without_types: Collection[str] = (),
) -> Iterator[tuple[Rendered, Rendered]]:
    """Courses of a catalog with each of their runs that is active and marketable.

    In the order of the courses' keys, in bounded memory. `root` is what the addresses of uploaded
    files begin with: scheme and host, no final slash.
    """
    found = Course.objects.filter(pk__in=rows_of(members(catalog, COURSE, reader)))
    courses = found.exclude(type__slug__in=without_types).order_by("key_folded", "pk")
    after = ""
    while page := list(
        courses.filter(key_folded__gt=after).values_list("pk", "key_folded")[:BATCH]
    ):
        after = page[-1][1]
        stored = read("course", [pk for pk, _key in page], now=now)
        for pk, _key in page:
            if pk in stored:
                course = orjson.loads(with_host(stored[pk].body, root))
                for run in course["course_runs"]:
                    if _is_sold(run, reader):
                        yield course, run


def _is_sold(run: Rendered, reader: Reader) -> bool:
    restriction = run["restriction_type"]
    if restriction and restriction not in reader.restrictions:
        return False
    return bool(run["_active"] and run["is_marketable"])
