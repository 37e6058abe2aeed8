"""What tests look at: the members of catalogs, and what they gained and lost."""

from typing import Any

from course_discovery.catalogs.models import AskedCatalog, Catalog, Cause, Member, MemberChange
from course_discovery.catalogs.operations.catalog import create_catalog, update_catalog
from course_discovery.catalogs.operations.filling import fill
from search.tests.catalog import NOW


def make(query: str = "*", **values: Any) -> Catalog:
    """A catalog whose members are known."""
    now = values.pop("now", NOW)
    told: Any = {"name": "Catalog", "query": query, **values}
    catalog = create_catalog(values=told, now=now)
    fill(AskedCatalog.objects.get(pk=catalog.pk), Cause.CATALOG)
    return catalog


def requery(catalog: Catalog, query: str) -> None:
    """Give a catalog another query."""
    if update_catalog(pk=catalog.pk, values={"query": query}, now=NOW):
        fill(AskedCatalog.objects.get(pk=catalog.pk), Cause.CATALOG)


def keys(catalog: Catalog, kind: str = "course") -> list[str]:
    """The keys of the members of a kind."""
    found = Member.objects.filter(catalog=catalog, kind=kind)
    return sorted(found.values_list("key", flat=True))


def told(catalog: Catalog, kind: str = "course") -> list[tuple[str, str, str]]:
    """What the catalog gained and lost: sign, key and cause, in order."""
    rows = MemberChange.objects.filter(catalog=catalog, kind=kind).order_by("pk")
    return [("+" if each.gained else "-", each.key, each.cause) for each in rows]
