"""The suite that drives every registered model through the forms of the admin.

A test module of an app gives the fixture `door`, parametrized with `doors_of(app_label, CASES)`,
and imports the tests from here.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Max, Model
from django.test import Client
from django.urls import reverse

from course_discovery.core.admin.tests.page import Fields, errors_of, fields_of, told_by
from course_discovery.core.changes import registry
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.tests.entries import Entry, entry
from course_discovery.core.changes.tests.owner_table import Case

ACTOR = "root"


@dataclass(frozen=True)
class Door:
    """How an editor writes rows of one model: on a page of theirs, or inside their owner's."""

    model: type[Model]
    case: Case
    page: Any
    inline: Any = None

    def address(self, name: str, row: Any = None) -> str:
        """The address of one of the pages: `add`, `change` or `delete`."""
        meta = self.page.opts
        args = [] if row is None else [row.pk]
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=args)

    def owner_of(self, row: Any) -> Any:
        """The row whose page it is."""
        return self.case.owner(row) if self.inline else row


def doors_of(app_label: str, cases: Mapping[Any, Case], other: set[type[Model]]) -> list[Any]:
    """The models of an app as parameters, but those that are written in `other` ways."""
    admin.autodiscover()
    found = {rule.model for rule in registry.rules() if rule.model._meta.app_label == app_label}
    mine = [each for each in found if not each._meta.auto_created and each not in other]
    return [
        pytest.param(_door(model, cases[model]), id=model.__name__)
        for model in sorted(mine, key=lambda model: model.__name__)
    ]


def _door(model: type[Model], case: Case) -> Door:
    if admin.site.is_registered(model):
        return Door(model, case, admin.site.get_model_admin(model))
    page, inline = next(
        (page, inline)
        for page in admin.site._registry.values()
        for inline in page.inlines
        if inline.model is model
    )
    return Door(model, case, page, inline)


@pytest.fixture
def door() -> Door:
    """To be overridden by the importing module."""
    raise NotImplementedError


@pytest.fixture
def editor(db: None) -> Client:
    """Who may write everything."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser(ACTOR))
    return client


@contextmanager
def told() -> Iterator[list[Entry]]:
    """Gives a list that holds the block's entries, all of which name the actor and the admin."""
    last = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    found: list[Entry] = []
    yield found
    written = Change.objects.filter(pk__gt=last)
    found += written.values_list("kind", "uuid", "draft", "operation")
    assert set(written.values_list("actor", "origin")) == {(ACTOR, "admin")}


def test_adding_in_the_admin_leaves_the_promised_entries(editor: Client, door: Door) -> None:
    row = door.case.build()
    if door.inline:
        owner = door.owner_of(row)
        address = door.address("change", owner)
        page = editor.get(address)
        fields = fields_of(page) | _in_new_row(page, door, row)
    else:
        address = door.address("add")
        page = editor.get(address)
        form = page.context["adminform"].form
        fields = fields_of(page) | _sent(type(form), row, prefix="")
    known = set(door.model._base_manager.values_list("pk", flat=True))
    with told() as entries:
        assert not (found := errors_of(editor.post(address, fields))), found
    made = door.model._base_manager.exclude(pk__in=known).get()
    assert set(door.case.told(made, Change.CREATE)) <= set(entries)


def test_changing_in_the_admin_leaves_the_promised_entries(editor: Client, door: Door) -> None:
    row = door.case.saved()
    address = door.address("change", door.owner_of(row))
    page = editor.get(address)
    name, value = door.case.edit, door.case.edits()[0]
    setattr(row, name, value)
    form, prefix = type(page.context["adminform"].form), ""
    if door.inline:
        formset = _formset(page, door)
        number = [each.instance.pk for each in formset.forms].index(row.pk)
        form, prefix = formset.form, f"{formset.prefix}-{number}"
    key = f"{prefix}-{name}" if prefix else name
    sent = {each: told for each, told in _sent(form, row, prefix).items() if each == key}
    fields = {other: values for other, values in fields_of(page).items() if other != key} | sent
    with told() as entries:
        assert not (found := errors_of(editor.post(address, fields))), found
    assert set(door.case.told(row, Change.UPDATE)) <= set(entries)
    if sent:
        assert getattr(door.model._base_manager.get(pk=row.pk), name) == value


def test_deleting_in_the_admin_leaves_the_promised_entries(editor: Client, door: Door) -> None:
    row = door.case.saved()
    promised = {*door.case.told(row, Change.DELETE)}
    promised |= {entry(kind, each) for kind, each in door.case.shown(row)}
    if door.inline:
        address = door.address("change", door.owner_of(row))
        page = editor.get(address)
        formset = _formset(page, door)
        number = [each.instance.pk for each in formset.forms].index(row.pk)
        fields = fields_of(page) | {f"{formset.prefix}-{number}-DELETE": ["on"]}
    else:
        address, fields = door.address("delete", row), {"post": ["yes"]}
    with told() as entries:
        assert not (found := errors_of(editor.post(address, fields))), found
    assert promised <= set(entries)
    assert not door.model._base_manager.filter(pk=row.pk).exists()


def _formset(page: Any, door: Door) -> Any:
    formsets = [each.formset for each in page.context["inline_admin_formsets"]]
    return next(each for each in formsets if each.model is door.model)


def _in_new_row(page: Any, door: Door, row: Any) -> Fields:
    formset = _formset(page, door)
    number = len(formset.forms)
    sent = _sent(formset.form, row, prefix=f"{formset.prefix}-{number}")
    return sent | {f"{formset.prefix}-TOTAL_FORMS": [str(number + 1)]}


def _sent(form: Any, row: Any, prefix: str) -> Fields:
    return told_by(form(instance=row, prefix=prefix or None))
