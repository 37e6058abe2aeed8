"""Catalogs whose members are known, and people who may see them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from guardian.shortcuts import assign_perm
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import signed_in
from course_discovery.catalogs.models import AskedCatalog, Catalog, Cause
from course_discovery.catalogs.operations.catalog import create_catalog
from course_discovery.catalogs.operations.filling import fill
from course_discovery.core.models import User
from course_discovery.publisher.tests.people import person


def catalog_of(query: str = "*", viewers: Iterable[str] = (), **values: Any) -> Catalog:
    """A catalog of what a query matches now."""
    told: Any = {"name": "Catalog", "query": query, **values}
    catalog = create_catalog(values=told, viewers=list(viewers), now=timezone.now())
    fill(AskedCatalog.objects.get(pk=catalog.pk), Cause.CATALOG)
    return catalog


def caller(name: str, catalog: Catalog) -> APIClient:
    """A client of a person who is called after the rights that they have."""
    user = person(name, is_staff=name == "staff", is_superuser=name == "superuser")
    right, _of, scope = name.partition(" of ")
    if scope == "this":
        assign_perm(f"catalogs.{right}_catalog", user, catalog)
    elif scope == "group":
        group = Group.objects.create(name="viewers")
        user.groups.add(group)
        assign_perm(f"catalogs.{right}_catalog", group, catalog)
    elif scope == "all":
        user.user_permissions.add(Permission.objects.get(codename=f"{right}_catalog"))
    return signed_in(User.objects.get(pk=user.pk))
