"""Edits of every kind, in random order: what a catalog goes through in years, in seconds.

Most edits are written once for all models of the owner table, so a new model takes part without
any work. An edit of its own is a function here with `@edit`: it takes a `World`, changes something
in it and answers what it did, or raises one of REFUSED where the catalog does not allow it.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.db.models import Manager, Model

from course_discovery.core.changes import registry
from course_discovery.core.changes.logged import LoggedModel
from course_discovery.core.fields import FoldedField
from course_discovery.projections.kinds import KINDS
from course_discovery.projections.models import Projection
from course_discovery.projections.reach import shows_anywhere
from course_discovery.projections.stored import read

REFUSED = (DatabaseError, ValidationError, ValueError, models.ProtectedError, LookupError)
# What a row is known by, and what it never changes.
_FIXED = {"uuid", "draft", "draft_version", "created", "modified", "partner", "language_code"}
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass
class World:
    """A catalog, a moment, and chance."""

    chance: random.Random
    now: datetime
    done: list[str] = field(default_factory=list)

    def model(self) -> type[Model]:
        """A model whose rows, or their owners, something shows; mostly one that has rows."""
        models = sorted(_shown_models(), key=lambda model: model._meta.label)
        tries = self.chance.sample(models, 5)
        return next((each for each in tries if each._base_manager.exists()), tries[0])

    def rows(self, model: type[Model], most: int = 1) -> list[Any]:
        """Some rows of a model; it raises LookupError if there are none."""
        pks = sorted(model._base_manager.values_list("pk", flat=True))
        if not pks:
            raise LookupError(f"there is no {model._meta.verbose_name}")
        some = self.chance.sample(pks, min(len(pks), self.chance.randint(1, most)))
        return list(model._base_manager.filter(pk__in=some).order_by("pk"))

    def fields(self, model: type[Model]) -> list[Any]:
        """The columns of a model that may change."""
        return [
            each
            for each in model._meta.concrete_fields
            if each.editable
            and not each.primary_key
            and each.name not in _FIXED
            and not isinstance(each, FoldedField)
        ]

    def value(self, of: Any, row: Model | None = None) -> Any:
        """Another value for a column."""
        if of.null and self.chance.random() < 0.2:
            return None
        if of.choices:
            return self.chance.choice([value for value, _label in of.flatchoices])
        if of.is_relation:
            return self._target(of, row)
        for kinds, make in _VALUES:
            if isinstance(of, kinds):
                return make(self)
        return f"text-{self.chance.randrange(10_000)}"[: of.max_length]

    def _target(self, of: Any, row: Model | None) -> Model:
        """A row to point to; a draft points to drafts, an official row to official ones."""
        targets = of.related_model._base_manager.order_by("pk")
        draft = getattr(row, "draft", None)
        if draft is not None and hasattr(of.related_model, "draft"):
            targets = targets.filter(draft=draft)
        found: Model = self.chance.choice(list(targets))
        return found

    def moment(self) -> datetime:
        """A moment around now; the present one now and then."""
        days = self.chance.choice([-100, -1, 0, 1, 30, 60, 400])
        return self.now + timedelta(days=days, minutes=self.chance.choice([0, 1]))


_VALUES: list[tuple[Any, Callable[[World], Any]]] = [
    (models.BooleanField, lambda world: world.chance.random() < 0.5),
    (models.IntegerField, lambda world: world.chance.randrange(100)),
    (models.DecimalField, lambda world: Decimal(world.chance.randrange(100))),
    (models.FloatField, lambda world: float(world.chance.randrange(100))),
    (models.DateTimeField, lambda world: world.moment()),
    (models.DateField, lambda world: world.moment().date()),
    (models.URLField, lambda world: f"https://example.com/{world.chance.randrange(10_000)}"),
    (models.FileField, lambda world: f"{world.chance.randrange(10_000)}.png"),
    (models.JSONField, lambda world: []),
    (models.UUIDField, lambda world: None),
]

Edit = Callable[[World], str]
EDITS: list[tuple[int, Edit]] = []


def edit(weight: int = 1) -> Callable[[Edit], Edit]:
    """Put a function into the table of edits; it is taken `weight` times as often as another."""

    def put(function: Edit) -> Edit:
        EDITS.append((weight, function))
        return function

    return put


def one_edit(world: World) -> None:
    """Make one edit; what the catalog refuses leaves it as it was."""
    weights = [weight for weight, _edit in EDITS]
    _weight, chosen = world.chance.choices(EDITS, weights)[0]
    try:
        with transaction.atomic():
            world.done.append(chosen(world))
    except REFUSED as error:
        world.done.append(f"{chosen.__name__} refused: {str(error).splitlines()[0]:.60}")


def _shown_models() -> Iterable[type[Model]]:
    """Those whose rows may be written; tables that Django makes are written by their owners."""
    for rule in registry.rules():
        if shows_anywhere(rule.kind) and issubclass(rule.model, LoggedModel):
            yield rule.model


def _name(rows: Iterable[Model]) -> str:
    return ", ".join(f"{row._meta.label} {row.pk}" for row in rows)


def _manager(model: type[Model]) -> "Manager[Any]":
    return model._base_manager


@edit(weight=6)
def save_a_row(world: World) -> str:
    """One row, one or two columns."""
    model = world.model()
    (row,) = world.rows(model)
    columns = world.fields(model)
    chosen = world.chance.sample(columns, min(len(columns), 2))
    for each in chosen:
        setattr(row, each.name, world.value(each, row))
    row.save()
    return f"save {_name([row])} {[each.name for each in chosen]}"


@edit(weight=3)
def update_rows(world: World) -> str:
    """A query set's update."""
    model = world.model()
    rows = world.rows(model, 3)
    column = world.chance.choice(world.fields(model))
    value = world.value(column, rows[0])
    _manager(model).filter(pk__in=[row.pk for row in rows]).update(**{column.name: value})
    return f"update {_name(rows)} {column.name}"


@edit()
def update_rows_in_bulk(world: World) -> str:
    """Rows with a value each."""
    model = world.model()
    rows = world.rows(model, 3)
    column = world.chance.choice(world.fields(model))
    for row in rows:
        setattr(row, column.name, world.value(column, row))
    _manager(model).bulk_update(rows, [column.name])
    return f"bulk update {_name(rows)} {column.name}"


@edit(weight=4)
def make_a_row(world: World) -> str:
    """A new row with what it needs, some of it left out."""
    model = world.model()
    row = _new(world, model)
    row.save()
    return f"make {_name([row])}"


@edit()
def make_rows_in_bulk(world: World) -> str:
    """New rows at once."""
    model = world.model()
    rows = [_new(world, model) for _ in range(2)]
    _manager(model).bulk_create(rows)
    return f"bulk make {_name(rows)}"


def _new(world: World, model: type[Model]) -> Any:
    row: Any = model()
    if hasattr(row, "draft"):
        row.draft = world.chance.random() < 0.3
    for each in model._meta.concrete_fields:
        settable = each in world.fields(model) or each.name in {"partner", "language_code"}
        if settable and (each.is_relation or world.chance.random() < 0.7):
            setattr(row, each.name, world.value(each, row))
    return row


@edit(weight=2)
def delete_a_row(world: World) -> str:
    """A row, with everything that hangs on it."""
    (row,) = world.rows(world.model())
    name = _name([row])
    row.delete()
    return f"delete {name}"


@edit()
def delete_rows(world: World) -> str:
    """A query set's deletion."""
    model = world.model()
    rows = world.rows(model, 2)
    _manager(model).filter(pk__in=[row.pk for row in rows]).delete()
    return f"delete {_name(rows)} at once"


def _links(model: type[Model]) -> list[Any]:
    return list(model._meta.local_many_to_many)


@edit(weight=2)
def change_links(world: World) -> str:
    """Many-to-many rows, from either side."""
    tables: list[tuple[type[Model], Any]] = [
        (model, each)
        for model in {rule.model for rule in registry.rules() if shows_anywhere(rule.kind)}
        for each in _links(model)
        if each.remote_field.through._meta.auto_created
    ]
    model, each = world.chance.choice(sorted(tables, key=lambda table: str(table[1])))
    (row,) = world.rows(model)
    others = world.rows(each.related_model, 2)
    verb = world.chance.choice(["add", "remove", "set", "clear"])
    links = getattr(row, each.name)
    getattr(links, verb)(*{"clear": [], "set": [others]}.get(verb, others))
    return f"{verb} {each.name} of {_name([row])}"


@edit()
def change_twice(world: World) -> str:
    """Several edits in one transaction."""
    return " and ".join(one(world) for one in world.chance.choices(_WRITES, k=2))


@edit()
def change_and_think_better_of_it(world: World) -> str:
    """An edit that is rolled back, and another that is not."""
    taken_back = ""
    try:
        with transaction.atomic():
            taken_back = world.chance.choice(_WRITES)(world)
            transaction.set_rollback(True)
    except REFUSED:
        taken_back = "something refused"
    return f"not {taken_back}, but {world.chance.choice(_WRITES)(world)}"


_WRITES = [save_a_row, update_rows, make_a_row, delete_a_row, change_links]


@edit(weight=2)
def let_time_pass(world: World) -> str:
    """A while, or until exactly the next boundary, or the moment after it."""
    rows = Projection.objects.filter(due_at__gt=world.now).order_by("due_at")
    due = rows.values_list("due_at", flat=True).first()
    steps = [world.now + _MINUTE, world.now + 40 * _DAY]
    if due:
        steps += [due, due + due.resolution]
    world.now = world.chance.choice(steps)
    return f"it is {world.now}"


@edit(weight=2)
def look_in_some_language(world: World) -> str:
    """A reader."""
    kind = world.chance.choice(sorted(KINDS))
    pks = [row.pk for row in world.rows(KINDS[kind].model, 5)]
    language = world.chance.choice(["en", "es", "xx"])
    read(kind, pks, now=world.now, language=language)
    return f"read {kind} {pks} {language}"
