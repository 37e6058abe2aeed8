"""The owner table: whose change a changed row is, and what else shows it.

Apps fill it in their `ready()`. An *object* is what readers see (a course, an organization); a
*part* (a seat, a translation) is seen as a change of the object that owns it.
"""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

# Namespace of the stable identities of objects that have no uuid column.
_NAMESPACE = uuid.UUID("6c0f3a0e-6a53-4c7e-9d5b-3b1a2f0c8d41")


@dataclass(frozen=True)
class Identity:
    """What an entry of the change log says about an object; its key may change, the rest not."""

    kind: str
    uuid: uuid.UUID
    key: str = field(compare=False)
    draft: bool = False


@dataclass(frozen=True)
class Object:
    """A model whose rows readers see as objects of one kind.

    `shown_by` names other kinds with the look-up that finds them from this one, written on
    *their* model: ("course", "subjects") = the courses whose `subjects` hold the row.
    `moves` are foreign keys of its own that are also such a link, so that the old target hears of
    a move too: {"course": "course"} = field and kind.
    `key` names rows as readers know them; kinds without a uuid are found again by it.
    `seen` names the columns that readers see, None stands for all of them: a write that says that
    it touches others only leaves no entry.
    """

    kind: str
    model: type[Model]
    key: str = "key"
    uuid: str | None = "uuid"
    draft: str | None = None
    shown_by: tuple[tuple[str, str], ...] = ()
    moves: dict[str, str] = field(default_factory=dict)
    seen: frozenset[str] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that make an identity, as `identity` takes them."""
        return (self.uuid or "pk", self.key, *((self.draft,) if self.draft else ()))

    def identity(self, values: Sequence[Any]) -> Identity:
        """The identity that the values of `columns` stand for."""
        mark = values[0] if self.uuid else uuid.uuid5(_NAMESPACE, f"{self.kind}:{values[0]}")
        return Identity(self.kind, mark, str(values[1]), bool(values[2]) if self.draft else False)

    def identity_of(self, row: Model) -> Identity:
        """The identity of a row in memory."""
        return self.identity([getattr(row, column) for column in self.columns])


@dataclass(frozen=True)
class Part:
    """A model whose rows are parts of an object: `owner` is the foreign key that leads to it."""

    model: type[Model]
    owner: str
    kind: str


class UnregisteredModel(LookupError):
    """A logged model that no app has put into the owner table."""


_objects: dict[type[Model], Object] = {}
_kinds: dict[str, Object] = {}
_parts: dict[type[Model], list[Part]] = {}


def register(*rules: Object | Part) -> None:
    """Add rules to the owner table. Registering a rule again replaces nothing and is an error."""
    for rule in rules:
        if isinstance(rule, Object):
            if rule.model in _objects or rule.kind in _kinds:
                raise ValueError(f"{rule.kind} is registered already")
            _objects[rule.model] = _kinds[rule.kind] = rule
        else:
            parts = _parts.setdefault(rule.model, [])
            if rule in parts:
                raise ValueError(f"{rule.model._meta.label}.{rule.owner} is registered already")
            parts.append(rule)


def object_of(model: type[Model]) -> Object | None:
    """The rule of a model whose rows are objects."""
    return _objects.get(_concrete(model))


def parts_of(model: type[Model]) -> list[Part]:
    """The rules of a model whose rows are parts (several if it hangs on several objects)."""
    return _parts.get(_concrete(model), [])


def is_registered(model: type[Model]) -> bool:
    """Whether the owner table knows the model."""
    return _concrete(model) in _objects or _concrete(model) in _parts


def check_registered(model: type[Model]) -> None:
    """Raise UnregisteredModel unless the owner table knows the model."""
    if not is_registered(model):
        raise UnregisteredModel(f"{model._meta.label} is not in the owner table")


def kind_named(kind: str) -> Object:
    """The rule of a kind.

    Raises KeyError for a kind that nobody registered.
    """
    return _kinds[kind]


def has_kind(kind: str) -> bool:
    """Whether an app registered the kind."""
    return kind in _kinds


def moves(kind: str) -> bool:
    """Whether what shows an object of the kind is said by columns of its own."""
    return kind in _kinds and bool(_kinds[kind].moves)


def count_kinds() -> int:
    """How many kinds there are."""
    return len(_kinds)


def rules() -> Iterator[Object | Part]:
    """The whole table."""
    yield from _objects.values()
    for parts in _parts.values():
        yield from parts


def is_seen(model: type[Model], names: Collection[str] | None) -> bool:
    """Whether readers may see a write of these fields, by name or column; None = of all."""
    rule = object_of(model)
    if rule is None or rule.seen is None or names is None:
        return True
    return any(model._meta.get_field(name).name in rule.seen for name in names)


def links_of(model: type[Model]) -> dict[str, str]:
    """Foreign keys whose change moves a row from one object to another, with the objects' kind."""
    rule = object_of(model)
    return (rule.moves if rule else {}) | {part.owner: part.kind for part in parts_of(model)}


def _concrete(model: type[Model]) -> type[Model]:
    # A proxy's rows are those of its concrete model.
    return model._meta.concrete_model or model
