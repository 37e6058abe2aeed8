"""The tables of catalogs. One file for each concept."""

from course_discovery.catalogs.models.asking import AskedCatalog, AskedRound, PassedBoundary
from course_discovery.catalogs.models.catalog import Catalog
from course_discovery.catalogs.models.member import Cause, Member, MemberChange

__all__ = [
    "AskedCatalog",
    "AskedRound",
    "Catalog",
    "Cause",
    "Member",
    "MemberChange",
    "PassedBoundary",
]
