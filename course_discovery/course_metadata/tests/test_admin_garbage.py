"""Whatever is sent to the admin, it has an answer."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from course_discovery.core.admin.tests.page import Fields, add_row, errors_of, fields_of
from course_discovery.core.models import User
from course_discovery.course_metadata.tests.admin_rows import Catalog, catalogs_of

OURS = ("core", "course_metadata")
REGISTERED = [model for model in admin.site._registry if model._meta.app_label in OURS]
every_model = pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.model_name)
HUGE = "9" * 30
JUNK = ("", "zzz", "-1", HUGE, "a\0b", "<b>é</b>", "1,2", "[", "2027-13-45")
IDS = ("zzz", "0", "-1", HUGE, "%00", "a_2Fb", "é", "1'--", "00000000-0000-0000-0000-00000000000z")


@pytest.fixture(scope="module")
def catalog(django_db_setup: None, django_db_blocker: Any) -> Iterator[Catalog]:
    for (made,) in catalogs_of(django_db_blocker, 1):
        yield made


@pytest.fixture
def root(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def named(model: type[Model], page: str, *args: Any) -> str:
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def answered(answer: Any) -> bool:
    """Whether it is a page, a way elsewhere or a refusal."""
    return answer.status_code in {200, 302, 400, 403, 404, 405}


@every_model
def test_ids_that_are_none(root: Client, model: type[Model]) -> None:
    pages = ["change", "delete", "history"]
    for junk in IDS:
        for page in pages:
            address = named(model, page, "ID").replace("ID", junk)
            assert root.get(address).status_code in {302, 403, 404}, address
            assert root.post(address, {"post": "yes"}).status_code in {302, 403, 404, 405}, address


@pytest.mark.parametrize("version", IDS)
def test_versions_that_are_none(catalog: Catalog, root: Client, version: str) -> None:
    address = named(type(catalog.program), "history", catalog.program.pk)
    assert root.get(f"{address}{version}/").status_code == 404
    assert root.get(f"{address.replace(str(catalog.program.pk), version)}1/").status_code == 404


@every_model
def test_lists_asked_for_nonsense(catalog: Catalog, root: Client, model: type[Model]) -> None:
    page = admin.site.get_model_admin(model)
    names = ["p", "o", "q", "e", "all", "zzz", "pk__in", *map(str, page.list_filter)]
    names += [f"{name}__exact" for name in map(str, page.list_filter)]
    if page.date_hierarchy:
        names += [f"{page.date_hierarchy}__{part}" for part in ("year", "month", "day")]
    address = named(model, "changelist")
    for name in names:
        for junk in ("zzz", "-1", HUGE, "9999"):
            assert answered(root.get(address, {name: junk})), (name, junk)
    assert answered(root.get(address, {"q": "a\0b"}))
    assert answered(root.post(address, {"action": "zzz", "_selected_action": ["zzz", HUGE]}))
    assert answered(
        root.post(address, {"action": "delete_selected", "_selected_action": ["zzz"], "index": "x"})
    )


@every_model
def test_new_rows_that_begin_with_nonsense(root: Client, model: type[Model]) -> None:
    names = [each.name for each in model._meta.get_fields() if hasattr(each, "attname")]
    for junk in JUNK:
        told = dict.fromkeys([*names, "_to_field", "_popup", "language"], junk)
        told.pop("_to_field" if junk == "" else "zzz", None)
        assert answered(root.get(named(model, "add"), told)), junk


@every_model
def test_forms_without_anything_in_them(catalog: Catalog, root: Client, model: type[Model]) -> None:
    row = catalog.row_of(model)
    for address in (named(model, "add"), named(model, "change", row.pk)):
        for told in ({}, {"_save": "1"}, {"_saveasnew": "1"}, {"_popup": "1"}):
            assert answered(root.post(address, told)), address


@every_model
def test_nonsense_in_every_field(catalog: Catalog, root: Client, model: type[Model]) -> None:
    address = named(model, "change", catalog.row_of(model).pk)
    page = root.get(address)
    fields = fields_of(page)
    for junk in JUNK:
        told: Fields = {name: [junk] for name in fields}
        assert answered(root.post(address, told)), junk
        kept = {name: told for name, told in fields.items() if name.endswith("_FORMS")}
        assert answered(root.post(address, told | kept)), junk


@every_model
def test_numbers_of_rows_that_are_none(catalog: Catalog, root: Client, model: type[Model]) -> None:
    address = named(model, "change", catalog.row_of(model).pk)
    fields = fields_of(root.get(address))
    for junk in ("zzz", "-1", HUGE, ""):
        told = {name: [junk] if name.endswith("_FORMS") else v for name, v in fields.items()}
        assert answered(root.post(address, told)), junk


def test_a_row_twice_is_refused(catalog: Catalog, root: Client) -> None:
    address = named(type(catalog.program), "change", catalog.program.pk)
    page = root.get(address)
    seen = set()
    for inline in page.context["inline_admin_formsets"]:
        formset = inline.formset
        names = [name for name in formset.form.base_fields if name != "sort_value"]
        if formset.max_num == 1 or not names:
            continue
        fields = fields_of(page)
        row = {name: fields[f"{formset.prefix}-0-{name}"][0] for name in names}
        add_row(fields, formset.prefix, **row)
        assert errors_of(root.post(address, fields)), formset.prefix
        seen.add(formset.prefix)
    assert len(seen) == 9


def test_choices_asked_for_nonsense(catalog: Catalog, root: Client) -> None:
    address = reverse("admin:autocomplete")
    good = {
        "app_label": "course_metadata", "model_name": "programcourse", "field_name": "course",
    }  # fmt: skip
    for junk in JUNK:
        assert answered(root.get(address, good | {"term": junk}))
        assert answered(root.get(address, good | {"page": junk}))
        for name in good:
            assert root.get(address, good | {name: junk or "no"}).status_code == 403
    for field in ("course_links", "title", "authoring_organizations"):
        told = good | {"model_name": "program", "field_name": field}
        assert answered(root.get(address, told))
    told = good | {"model_name": "course", "field_name": "course_runs"}
    assert root.get(address, told).status_code == 403
