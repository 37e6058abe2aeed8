"""No page of the admin asks more of the database because the catalog grew."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from course_discovery.core.models import User
from course_discovery.course_metadata import models
from course_discovery.course_metadata.admin.base.autocomplete import LabelledAutocomplete
from course_discovery.course_metadata.tests import owner_cases
from course_discovery.course_metadata.tests.admin_rows import Catalog, catalogs_of

OURS = ("core", "course_metadata")
REGISTERED = [model for model in admin.site._registry if model._meta.app_label in OURS]
MOST = 30


@pytest.fixture(scope="module")
def catalogs(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Catalog]]:
    """A small catalog and a large one."""
    yield from catalogs_of(django_db_blocker, 3, 30)


@pytest.fixture
def clients(db: None) -> list[Client]:
    """Who may do everything, and who may see everything."""
    root = User.objects.create_superuser("root")
    viewer = User.objects.create_user("ada", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    clients = [Client(), Client()]
    for client, user in zip(clients, (root, viewer), strict=True):
        client.force_login(user)
    return clients


def cost(client: Client, address: str, **told: str) -> int:
    """The queries of a page."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, told).status_code in (200, 403), address
    return len(queries)


def named(model: type[Model], page: str, *args: Any) -> str:
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.model_name)
def test_pages_of_a_row_cost_the_same_however_many_parts_it_has(
    catalogs: list[Catalog], clients: list[Client], model: type[Model]
) -> None:
    rows = [each.row_of(model) for each in catalogs]
    for client in clients:
        address, grown = (named(model, "change", row.pk) for row in rows)
        client.get(address)  # what is kept in memory is looked up
        assert cost(client, address) == cost(client, grown) <= MOST


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.model_name)
def test_asking_before_a_deletion_costs_the_same_however_much_goes_with_it(
    catalogs: list[Catalog], clients: list[Client], model: type[Model]
) -> None:
    address, grown = (named(model, "delete", each.row_of(model).pk) for each in catalogs)
    clients[0].get(address)  # what is kept in memory is looked up
    assert cost(clients[0], address) == cost(clients[0], grown) <= MOST


def test_degrees_are_deleted_on_their_own_page(
    catalogs: list[Catalog], clients: list[Client]
) -> None:
    degree = catalogs[0].row_of(models.Degree)
    answer = clients[0].get(named(models.Program, "delete", degree.pk))
    assert answer.status_code == 302
    assert answer["Location"] == named(models.Degree, "delete", degree.pk)


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.model_name)
def test_histories_cost_the_same_however_long_they_are(
    catalogs: list[Catalog], clients: list[Client], model: type[Model]
) -> None:
    row = catalogs[0].row_of(model)
    address = named(model, "history", row.pk)
    # A place in the taxonomy goes with a narrower one.
    case = None if model is models.CourseVertical else owner_cases.CASES.get(model)

    def change() -> None:
        for value in case.edits() if case else [None]:
            if case:
                setattr(row, case.edit, value)
            row.save()

    change()
    clients[0].get(address)
    few = cost(clients[0], address)
    for _ in range(5):
        change()
    assert cost(clients[0], address) == few <= MOST


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.model_name)
def test_lists_cost_the_same_however_many_rows_they_have(
    catalogs: list[Catalog],
    clients: list[Client],
    model: type[Model],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root, address = clients[0], named(model, "changelist")
    assert cost(root, named(model, "add")) <= MOST
    monkeypatch.setattr(admin.site.get_model_admin(model), "list_per_page", 1)
    root.get(address)
    few = cost(root, address), cost(root, address, q="e")
    monkeypatch.undo()
    assert (cost(root, address), cost(root, address, q="e")) == few
    assert max(few) <= MOST


def choices() -> list[Any]:
    """Every choice of every form that is made by typing, one for each model that is chosen."""
    pages: list[Any] = [admin.site.get_model_admin(model) for model in REGISTERED]
    inlines = [inline(page.model, admin.site) for page in pages for inline in page.inlines]
    found = {}
    for each in (*pages, *inlines):
        for name in sorted({*each.get_autocomplete_fields(None)} - {*(each.exclude or ())}):
            field: Any = each.opts.get_field(name)
            found[field.remote_field.model, bool(field.remote_field.limit_choices_to)] = field
    return [pytest.param(field, id=str(field)) for field in found.values()]


@pytest.mark.parametrize("field", choices())
def test_choices_are_found_at_the_same_cost(
    catalogs: list[Catalog], clients: list[Client], field: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {
        "app_label": field.model._meta.app_label,
        "model_name": field.model._meta.model_name,
        "field_name": field.name,
    }
    root, address = clients[0], reverse("admin:autocomplete")
    assert root.get(address, told).json()["results"]
    monkeypatch.setattr(LabelledAutocomplete, "paginate_by", 1)
    few = cost(root, address, **told)
    monkeypatch.undo()
    assert cost(root, address, **told) == few <= MOST
    assert cost(root, address, term="e", **told) <= few
