"""Every registered model has pages in the admin that open and save."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from course_discovery.core.admin.tests.page import errors_of, fields_of
from course_discovery.core.models import User
from course_discovery.course_metadata.tests.admin_rows import Catalog, catalogs_of

OURS = ("core", "course_metadata")
REGISTERED = [model for model in admin.site._registry if model._meta.app_label in OURS]


@pytest.fixture(scope="module")
def catalog(django_db_setup: None, django_db_blocker: Any) -> Iterator[Catalog]:
    """Two of everything."""
    for (made,) in catalogs_of(django_db_blocker, 2):
        yield made


@pytest.fixture
def root(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "root@example.com", "root"))
    return client


def name_of(model: type[Model]) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.model_name)
def test_pages_open_and_save_what_they_show(
    catalog: Catalog, root: Client, model: type[Model]
) -> None:
    row = catalog.row_of(model)
    page = admin.site.get_model_admin(model)
    request = root.get(reverse(f"{name_of(model)}_changelist"), {"q": "x"}).wsgi_request
    added = root.get(reverse(f"{name_of(model)}_add"))
    assert added.status_code == (200 if page.has_add_permission(request) else 403)
    address = reverse(f"{name_of(model)}_change", args=[row.pk])
    opened = root.get(address)
    assert opened.status_code == 200
    if page.has_change_permission(request, row):
        saved = root.post(address, fields_of(opened))
        assert errors_of(saved) == []
        assert saved.status_code == 302
    assert model._base_manager.filter(pk=row.pk).exists()


def test_every_model_of_the_catalog_is_reached() -> None:
    inlines = {inline.model for page in admin.site._registry.values() for inline in page.inlines}
    # Texts in a language are tabs of what they belong to; tags are a field of it.
    fields = {"Translation", "CourseTopic", "CourseRunTag", "OrganizationTag",
              "ProductMetaKeyword", "ProgramLabel"}  # fmt: skip
    missing = {
        model.__name__
        for model in apps.get_app_config("course_metadata").get_models()
        if model not in admin.site._registry
        and model not in inlines
        and not hasattr(model, "history_object")
        and not model.__name__.endswith(tuple(fields))
    }
    assert missing == set()


def test_every_model_with_history_tells_it(catalog: Catalog, root: Client) -> None:
    with_history = [
        model
        for model in apps.get_app_config("course_metadata").get_models()
        if hasattr(model, "history")
    ]
    for model in with_history:
        version = model.history.first()
        page = root.get(reverse(f"{name_of(model)}_history", args=[version.instance.pk]))
        assert page.status_code == 200, model
        then = reverse(f"{name_of(model)}_simple_history", args=[version.instance.pk, version.pk])
        assert root.get(then).status_code == 200, model
        assert root.post(then, {}).status_code == 405, model


def test_only_drafts_that_never_were_official_may_go(catalog: Catalog, root: Client) -> None:
    draft, official = catalog.course, catalog.official_course
    for row in (draft, official):
        address = reverse("admin:course_metadata_course_delete", args=[row.pk])
        assert root.post(address, {"post": "yes"}).status_code == 403
    official.delete()
    address = reverse("admin:course_metadata_course_delete", args=[draft.pk])
    assert root.post(address, {"post": "yes"}).status_code == 302
