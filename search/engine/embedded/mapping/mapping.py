"""A mapping made ready for use: every field with its number and its analyzers."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as JsonObject
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cached_property

from search.engine.embedded.analysis.analyzer import Analyzer
from search.engine.embedded.errors import MappingError, RequestError
from search.engine.embedded.mapping.definition import MAX_FIELDS, Definition
from search.engine.embedded.mapping.fields import Field

Numbers = dict[str, int]


@dataclass(frozen=True)
class Leaf:
    """A field of a document, with the subfields that are fed from the same values."""

    field: Field
    subfields: tuple[Field, ...] = ()

    @cached_property
    def all(self) -> tuple[Field, ...]:
        """The field and its subfields."""
        return (self.field, *self.subfields)


@dataclass(frozen=True)
class ObjectNode:
    """An object of a document; `number` is the one of its path if it is nested, else 0."""

    path: str
    dynamic: str
    number: int
    children: "dict[str, Leaf | ObjectNode]" = field(default_factory=dict)

    def full_name(self, name: str) -> str:
        """Return the path of a child."""
        return f"{self.path}.{name}" if self.path else name


@dataclass(frozen=True)
class IndexMapping:
    """The fields of an index by full name, and the objects that hold them."""

    definition: Definition
    root: ObjectNode
    analyzers: JsonObject[str, Analyzer]

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every field and subfield by its full name."""
        return {found.name: found for found in _fields(self.root)}

    @cached_property
    def objects(self) -> dict[str, ObjectNode]:
        """Every object by its path, the root as "" among them."""
        return {found.path: found for found in _objects(self.root)}

    def matching(self, pattern: str) -> list[Field]:
        """Return the fields whose names match a pattern with stars."""
        if "*" not in pattern:
            found = self.fields.get(pattern)
            return [found] if found else []
        expression = re.compile(translate(pattern.replace("[", "[[]").replace("?", "[?]")))
        return [found for name, found in self.fields.items() if expression.match(name)]

    def below(self, path: str) -> list[Field]:
        """Return the fields inside an object."""
        return [found for name, found in self.fields.items() if name.startswith(f"{path}.")]

    def nested_numbers(self) -> dict[str, int]:
        """Return the number of each nested path."""
        return {path: found.number for path, found in self.objects.items() if found.number}


def number_fields(definition: Definition, numbers: Numbers) -> Numbers:
    """Return numbers for all fields and nested paths; known ones keep theirs.

    Raises RequestError when there are too many fields.
    """
    names = list(_names("", definition))
    if len(names) > MAX_FIELDS:
        raise RequestError(f"Limit of total fields [{MAX_FIELDS}] has been exceeded")
    numbered = dict(numbers)
    for name in names:
        numbered.setdefault(name, len(numbered) + 1)
    return numbered


def compile_mapping(
    definition: Definition, numbers: Numbers, analyzers: JsonObject[str, Analyzer]
) -> IndexMapping:
    """Return a checked mapping ready for use; raises MappingError for an unknown analyzer."""
    dynamic = definition.get("dynamic", "true")
    root = ObjectNode("", dynamic, 0)
    _fill(root, definition, "", numbers)
    mapping = IndexMapping(definition, root, analyzers)
    for found in mapping.fields.values():
        for name in (found.analyzer, found.search_analyzer):
            if found.type == "text" and name not in analyzers:
                raise MappingError(f"analyzer [{name}] has not been configured in mappings")
    return mapping


def _fill(node: ObjectNode, definition: Definition, scope: str, numbers: Numbers) -> None:
    for name, inner in definition.get("properties", {}).items():
        path = node.full_name(name)
        if "properties" not in inner and inner.get("type", "object") not in ("object", "nested"):
            subfields = inner.get("fields", {})
            node.children[name] = Leaf(
                _compile_field(path, inner, scope, numbers),
                tuple(
                    _compile_field(f"{path}.{key}", subfields[key], scope, numbers)
                    for key in subfields
                ),
            )
            continue
        is_nested = inner.get("type") == "nested"
        number = numbers[path] if is_nested else 0
        child = ObjectNode(path, inner.get("dynamic", node.dynamic), number)
        node.children[name] = child
        _fill(child, inner, path if is_nested else scope, numbers)


def _compile_field(path: str, definition: Definition, scope: str, numbers: Numbers) -> Field:
    analyzer: str = definition.get("analyzer", "standard")
    return Field(
        name=path,
        number=numbers[path],
        type=definition["type"],
        scope=scope,
        analyzer=analyzer,
        search_analyzer=str(definition.get("search_analyzer", analyzer)),
        ignore_above=definition.get("ignore_above"),
    )


def _names(path: str, definition: Definition) -> Iterator[str]:
    for group in ("properties", "fields"):
        for name, inner in definition.get(group, {}).items():
            full = f"{path}.{name}" if path else name
            yield full
            yield from _names(full, inner)


def _fields(node: ObjectNode) -> Iterator[Field]:
    for child in node.children.values():
        if isinstance(child, Leaf):
            yield from child.all
        else:
            yield from _fields(child)


def _objects(node: ObjectNode) -> Iterator[ObjectNode]:
    yield node
    for child in node.children.values():
        if isinstance(child, ObjectNode):
            yield from _objects(child)
