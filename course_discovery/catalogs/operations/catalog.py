"""What people do with catalogs."""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict

from course_discovery.catalogs.models import Catalog
from course_discovery.catalogs.operations.filling import begin
from course_discovery.catalogs.operations.viewers import forget_rights, set_viewers, users_named
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.running import (
    Refusal,
    locked,
    operation,
    write_differences,
)


class CatalogValues(TypedDict, total=False):
    """What may be told of a catalog."""

    name: str
    query: str
    program_query: str
    include_archived: bool


class UnknownCatalog(Refusal):
    """A number that no catalog has."""


@operation
def create_catalog(
    *, values: CatalogValues, viewers: Collection[str] = (), now: datetime
) -> Catalog:
    """A new catalog. Viewers who are no users yet become some.

    The caller is to fill it after the transaction. Raises UnfitValue and RefusedViewer.
    """
    for name in ("name", "query"):
        if not values.get(name):
            raise UnfitValue(name, "may not be empty")
    catalog: Catalog = Catalog.objects.create(**fitting(Catalog, values))
    set_viewers(catalog, users_named(viewers, create=True))
    begin(catalog, now)
    return catalog


@operation
def update_catalog(
    *,
    pk: int,
    values: CatalogValues,
    viewers: Collection[str] | None = None,
    now: datetime,
) -> bool:
    """Change a catalog; `viewers` are all who have the right to see it, None leaves them alone.

    Answers whether its queries changed: then the caller is to fill it after the transaction.
    Raises UnknownCatalog, UnfitValue and RefusedViewer, for viewers who are no users too.
    """
    stored = locked(Catalog.objects.filter(pk=pk))
    if not stored:
        raise UnknownCatalog(f"there is no catalog {pk}")
    (catalog,) = stored
    before = (catalog.query, catalog.program_query)
    written = write_differences(catalog, fitting(Catalog, values))
    told = viewers is not None and set_viewers(catalog, users_named(viewers, create=False))
    if told and not written:
        # Readers see the viewers, so this is a change of the catalog too.
        catalog.save(update_fields=["modified"])
    if (catalog.query, catalog.program_query) == before:
        return False
    begin(catalog, now)
    return True


@operation
def delete_catalog(*, pk: int) -> None:
    """Delete a catalog, with every right for it. Raises UnknownCatalog."""
    stored = locked(Catalog.objects.filter(pk=pk))
    if not stored:
        raise UnknownCatalog(f"there is no catalog {pk}")
    forget_rights(stored[0])
    stored[0].delete()
