"""The document of a person."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from elasticsearch.dsl import Keyword, Text

from course_discovery.course_metadata.models import CourseAuthor, CourseRunStaff, Person
from course_discovery.projections.stored import read_data
from course_discovery.projections.values import facet_language
from search.documents.analysis import raw
from search.documents.base import Body, CatalogDocument, Rendered
from search.documents.course_run import indexed_runs
from search.documents.rows import person_row
from search.documents.values import distinct, fingerprint, joined, person_name

CONTENT_TYPE = "person"


class PersonDocument(CatalogDocument):
    """A person. `organizations` are the keys of those whose runs the person teaches.

    `teaches` are the uuids of these runs: by them it is found when one of them changes.
    """

    bio = Text()
    bio_language = Text()
    full_name = Text()
    get_profile_image_url = Text()
    organizations = Keyword(fields=raw())  # type: ignore[assignment] # keys, not texts
    position = Text()
    salutation = Text()
    teaches = Keyword()


def indexed_people() -> QuerySet[Person]:
    """The people who have a document: all, published or not."""
    return Person.objects.all()


def person_bodies(pks: Collection[int], now: datetime) -> dict[str, Body]:
    """The documents of people by uuid; a number of queries that does not depend on `pks`."""
    rendered = read_data("person", pks, now=now)
    rows = Person.objects.filter(pk__in=pks).values(
        "pk", "partner__short_code", "bio_language_id", "bio_language__name"
    )
    taught = _taught(pks)
    return {
        rendered[row["pk"]]["uuid"]: _body(rendered[row["pk"]], row, taught[row["pk"]])
        for row in rows
        if row["pk"] in rendered
    }


def teachers_of(runs: Collection[str]) -> set[str]:
    """The uuids of the people who teach the official runs with these uuids; one query."""
    links = CourseRunStaff.objects.filter(course_run__uuid__in=runs, course_run__draft=False)
    return {str(uuid) for uuid in links.values_list("person__uuid", flat=True)}


@dataclass
class _Taught:
    """The runs that a person teaches (uuids), and the organizations they are of (keys)."""

    runs: set[str] = field(default_factory=set)
    organizations: set[str] = field(default_factory=set)


def _taught(people: Collection[int]) -> defaultdict[int, _Taught]:
    """What people teach by their primary keys, as far as everybody can find it; two queries."""
    links = list(
        CourseRunStaff.objects.filter(
            person__in=people,
            course_run__in=indexed_runs().filter(restricted_run__isnull=True).order_by(),
        ).values_list("person_id", "course_run__uuid", "course_run__course_id")
    )
    authors: defaultdict[int, set[str]] = defaultdict(set)
    for course, key in CourseAuthor.objects.filter(
        course__in={course for _person, _run, course in links}
    ).values_list("course_id", "organization__key"):
        authors[course].add(key)
    found: defaultdict[int, _Taught] = defaultdict(_Taught)
    for person, run, course in links:
        found[person].runs.add(str(run))
        found[person].organizations |= authors[course]
    return found


def _body(person: Rendered, row: Mapping[str, Any], taught: _Taught) -> Body:
    identity = f"{CONTENT_TYPE}:{person['uuid']}"
    position, code = person["position"], row["bio_language_id"]
    language = facet_language(code, row["bio_language__name"]) if code else None
    name = person_name(person)
    body = {
        "aggregation_key": identity,
        "aggregation_uuid": identity,
        "bio": person["bio"],
        "bio_language": language,
        "content_type": CONTENT_TYPE,
        "full_name": name,
        "get_profile_image_url": person["profile_image_url"],
        "hidden": False,
        "id": f"course_metadata.person.{row['pk']}",
        "next_boundary": None,
        "organizations": distinct(taught.organizations),
        "partner": row["partner__short_code"],
        "pk": row["pk"],
        "position": [position["title"], position["organization_override"]] if position else [],
        "published": person["published"],
        "salutation": person["salutation"],
        "start": None,
        "status": None,
        "teaches": distinct(taught.runs),
        "text": joined([person["uuid"], name, row["partner__short_code"], person["bio"], language]),
        "uuid": person["uuid"],
    }
    body["stored"] = {"row": person_row(body)}
    body["stored"]["fingerprint"] = fingerprint(body)
    return body
