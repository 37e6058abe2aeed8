"""The suite that drives every registered model through every way to write.

A test module of an app gives the fixture `case`, parametrized with `cases_of(app_label, CASES)`,
and imports the tests from here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.db import transaction
from django.db.models import ManyToManyField

from course_discovery.core.changes import registry
from course_discovery.core.changes.models import Change
from course_discovery.core.changes.tests.entries import Entry, entry, in_order, recorded

FAR_KEY = 1_000_000


@dataclass(frozen=True)
class Case:
    """How to write rows of one model.

    `build` makes a row that is not saved, with all that it needs saved; `values` are two values
    for its field `edit`, or functions that make one; `owner` leads to the object that owns it,
    `others` to further ones that do, as (kind, object); `elsewhere` makes other targets for links
    to owners; `shown` gives what shows a new row at once, as (kind, row).
    """

    build: Callable[[], Any]
    edit: str
    values: tuple[Any, Any]
    kind: str = ""
    owner: Callable[[Any], Any] = lambda row: row
    others: Callable[[Any], list[tuple[str, Any]]] = lambda row: []
    elsewhere: tuple[tuple[str, Callable[[], Any]], ...] = ()
    shown: Callable[[Any], list[tuple[str, Any]]] = lambda row: []

    @property
    def is_object(self) -> bool:
        """Whether rows are objects themselves."""
        return not self.kind

    def saved(self) -> Any:
        """A row in the database."""
        row = self.build()
        row.save()
        return row

    def edits(self) -> list[Any]:
        """Values to write, made now."""
        return [value() if callable(value) else value for value in self.values]

    def told(self, row: Any, operation: str) -> list[Entry]:
        """What the log promises for a write of one row."""
        if self.is_object:
            rule = registry.object_of(type(row))
            assert rule
            return [entry(rule.kind, row, operation)]
        owners = [(self.kind, self.owner(row)), *self.others(row)]
        return in_order([entry(kind, each) for kind, each in owners])


def cases_of(app_label: str, cases: Mapping[Any, Case]) -> list[Any]:
    """The cases of an app as parameters; a registered model without one fails by its name."""
    models = {rule.model for rule in registry.rules()}
    mine = [m for m in models if m._meta.app_label == app_label and not m._meta.auto_created]
    return [
        pytest.param(cases.get(m), id=m.__name__) for m in sorted(mine, key=lambda m: m.__name__)
    ]


def unregistered(app_label: str, reasons: dict[str, str]) -> list[str]:
    """Models of an app that are neither in the owner table nor listed with a reason."""
    return [
        model.__name__
        for model in apps.get_app_config(app_label).get_models()
        if not registry.is_registered(model)
        and model.__name__ not in reasons
        and not hasattr(model, "history_object")  # history is told by the rows themselves
    ]


@pytest.fixture
def case() -> Case:
    """To be overridden by the importing module."""
    raise NotImplementedError


def _columns(row: Any) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }


def test_creating_a_row_leaves_one_entry_of_its_owner(db: None, case: Case) -> None:
    manager = type(case.build())._base_manager

    def through_get_or_create(row: Any) -> Any:
        return manager.get_or_create(pk=row.pk or FAR_KEY, defaults=_columns(row))[0]

    def through_update_or_create(row: Any) -> Any:
        return manager.update_or_create(pk=row.pk or FAR_KEY + 1, defaults=_columns(row))[0]

    def through_bulk_create(row: Any) -> Any:
        return manager.bulk_create([row])[0]

    @async_to_sync
    async def through_abulk_create(row: Any) -> Any:
        return (await manager.abulk_create([row]))[0]

    def through_save(row: Any) -> Any:
        row.save()
        return row

    for create in (
        through_save, through_get_or_create, through_update_or_create, through_bulk_create,
        through_abulk_create,
    ):  # fmt: skip
        row = case.build()
        with recorded() as entries:
            row = create(row)
        assert entries == case.told(row, Change.CREATE), create


def test_updating_rows_leaves_one_entry_of_each_owner(db: None, case: Case) -> None:
    row, other = case.saved(), case.saved()
    manager = type(row)._base_manager
    rows = manager.filter(pk__in=[row.pk, other.pk])
    mine = case.told(row, Change.UPDATE)
    both = in_order(mine + case.told(other, Change.UPDATE))

    def save(value: Any) -> list[Entry]:
        setattr(row, case.edit, value)
        row.save()
        return mine

    def save_one_field(value: Any) -> list[Entry]:
        setattr(row, case.edit, value)
        row.save(update_fields=[case.edit])
        return mine

    def update(value: Any) -> list[Entry]:
        rows.update(**{case.edit: value})
        return both

    @async_to_sync
    async def aupdate(value: Any) -> list[Entry]:
        await rows.aupdate(**{case.edit: value})
        return both

    def bulk_update(value: Any) -> list[Entry]:
        for each in (row, other):
            setattr(each, case.edit, value)
        manager.bulk_update([row, other], [case.edit])
        return both

    def update_or_create(value: Any) -> list[Entry]:
        manager.update_or_create(pk=row.pk, defaults={case.edit: value})
        return mine

    for write in (save, save_one_field, update, aupdate, bulk_update, update_or_create):
        for value in case.edits():
            with recorded() as entries:
                promised = write(value)
            assert entries == promised, write
    assert getattr(manager.get(pk=row.pk), case.edit) == value


def test_deleting_rows_leaves_entries_of_them_and_of_what_shows_them(db: None, case: Case) -> None:
    def delete(row: Any) -> None:
        row.delete()

    def delete_query(row: Any) -> None:
        type(row)._base_manager.filter(pk=row.pk).delete()

    @async_to_sync
    async def adelete(row: Any) -> None:
        await row.adelete()

    for write in (delete, delete_query, adelete):
        row = case.saved()
        promised = case.told(row, Change.DELETE)
        promised += [entry(kind, each) for kind, each in case.shown(row)]
        with recorded() as entries:
            write(row)
        assert entries == in_order(promised), write


def test_a_row_that_moves_is_told_to_the_object_that_it_left(db: None, case: Case) -> None:
    row = case.saved()
    links, manager = registry.links_of(type(row)), type(row)._base_manager
    assert {name for name, _make in case.elsewhere} == links.keys()

    def save(name: str, target: Any) -> None:
        setattr(row, name, target)
        row.save()

    def update(name: str, target: Any) -> None:
        manager.filter(pk=row.pk).update(**{name: target})

    def update_by_column(name: str, target: Any) -> None:
        manager.filter(pk=row.pk).update(**{f"{name}_id": target.pk})

    def bulk_update(name: str, target: Any) -> None:
        setattr(row, name, target)
        manager.bulk_update([row], [name])

    def move(write: Callable[[str, Any], None], name: str, target: Any) -> None:
        left = getattr(manager.get(pk=row.pk), name)
        with recorded() as entries:
            write(name, target)
        moved = manager.get(pk=row.pk)
        told = [entry(links[name], left)]
        if case.is_object:
            told += case.told(row, Change.UPDATE)
        else:
            told += [entry(kind, getattr(moved, each)) for each, kind in links.items()]
        assert entries == in_order(told), write.__name__
        assert getattr(moved, name) == target

    for name, make in case.elsewhere:
        for write in (save, update, update_by_column, bulk_update):
            move(write, name, make())
        # `row` still believes to be where `bulk_update` put it.
        move(update, name, make())
        move(save, name, make())


def test_a_rolled_back_write_leaves_no_entry(db: None, case: Case) -> None:
    row = case.saved()
    value = case.edits()[0]
    with recorded() as entries, transaction.atomic():
        setattr(row, case.edit, value)
        row.save()
        transaction.set_rollback(True)
    assert entries == []


def many_to_many_of(app_label: str) -> list[Any]:
    """Every many-to-many field of an app's registered models, as parameters."""
    models = {rule.model for rule in registry.rules() if rule.model._meta.app_label == app_label}
    fields = [
        field
        for model in models
        for field in model._meta.local_many_to_many
        if isinstance(field, ManyToManyField)
    ]
    return [pytest.param(field, id=str(field)) for field in sorted(fields, key=str)]


def check_many_to_many(field: "ManyToManyField[Any, Any]", owner: Case, target: Case) -> None:
    """Both sides of a many-to-many field tell the owners, and only if something changed."""
    one, two, left, right = owner.saved(), owner.saved(), target.saved(), target.saved()
    tell_one, tell_two = owner.told(one, Change.UPDATE), owner.told(two, Change.UPDATE)
    tell_left, tell_right = (_told_too(field, target, each) for each in (left, right))
    near = getattr(one, field.name)
    steps: list[tuple[Callable[[], Any], list[Entry]]] = [
        (lambda: near.add(left), tell_one + tell_left),
        (lambda: near.add(left), []),
        (lambda: near.set([left, right]), tell_one + tell_right),
        (lambda: near.remove(left), tell_one + tell_left),
        (lambda: near.remove(left), []),
        (lambda: near.clear(), tell_one + tell_right),
        (lambda: near.clear(), []),
        (lambda: near.create(**_new(target)), tell_one),
    ]
    name = field.remote_field.get_accessor_name()
    if name and not name.endswith("+"):
        far = getattr(left, name)
        steps += [
            (lambda: far.add(one, two), tell_one + tell_two + tell_left),
            (lambda: far.add(one), []),
            (lambda: far.remove(two), tell_two + tell_left),
            (lambda: far.set([two]), tell_one + tell_two + tell_left),
            (lambda: far.clear(), tell_two + tell_left),
            (lambda: far.clear(), []),
        ]
    for write, promised in steps:
        with recorded() as entries:
            write()
        # `create` makes its target too, which tells for itself.
        made = {each[:2] for each in entries if each[3] == Change.CREATE}
        assert [each for each in entries if each[:2] not in made] == in_order(promised)


def _told_too(field: "ManyToManyField[Any, Any]", target: Case, row: Any) -> list[Entry]:
    """What is told of a target: nothing, unless the rows between are parts of it too."""
    between: Any = field.remote_field.through
    parts = registry.parts_of(between)
    owned = field.m2m_reverse_field_name() in {part.owner for part in parts}
    return target.told(row, Change.UPDATE) if owned else []


def _new(case: Case) -> dict[str, Any]:
    row = case.build()
    return _columns(row) | ({row._meta.pk.attname: row.pk} if row.pk else {})
