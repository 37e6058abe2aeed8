"""Turns a document into what the index holds of it, by the mapping of the index."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from search.engine.embedded.analysis.analyzer import KEYWORD, Analyzed, Analyzer
from search.engine.embedded.errors import DocumentError, RequestError
from search.engine.embedded.mapping.definition import MAX_DEPTH, Definition
from search.engine.embedded.mapping.fields import Field, Value, convert
from search.engine.embedded.mapping.inference import infer_definition
from search.engine.embedded.mapping.mapping import IndexMapping, Leaf, ObjectNode
from search.engine.embedded.storage.codec import MAX_POSITION
from search.engine.embedded.storage.entry import Entry, TextTerms

POSITION_GAP = 100
"""So many positions lie between two values of a text field, so that no phrase joins them."""
MAX_TERM_BYTES = 32766
MAX_NESTED = 10_000


@dataclass
class ParsedDocument:
    """A document as the index holds it; `additions` are the fields that its mapping lacks."""

    entry: Entry
    additions: Definition


def parse_document(mapping: IndexMapping, key: str, source: Any) -> ParsedDocument:
    """Return what the index holds of a document.

    Raises DocumentError when a value does not fit its field. A field that the mapping does not have
    is returned among the additions and must be mapped before the document is parsed again.
    """
    if not isinstance(source, dict):
        raise DocumentError("failed to parse: a document must be an object")
    parser = _Parser(mapping, key)
    found = _Values()
    parser.read_object(mapping.root, source, found, 1)
    return ParsedDocument(parser.entry(found), _nest(mapping, parser.additions))


@dataclass
class _Values:
    """The values of one document, or of one nested document, by field."""

    fields: dict[int, tuple[Field, list[Value]]] = field(default_factory=dict)
    children: list[tuple[int, "_Values"]] = field(default_factory=list)


class _Parser:
    def __init__(self, mapping: IndexMapping, key: str) -> None:
        self._mapping = mapping
        self._key = key
        self._nested = 0
        self.additions: dict[str, Definition] = {}

    def read_object(self, node: ObjectNode, source: Any, found: _Values, depth: int) -> None:
        """Collect the values of an object, and by path the definitions of what is not mapped."""
        if depth > MAX_DEPTH:
            raise DocumentError(f"The depth of the document exceeds the limit of [{MAX_DEPTH}]")
        for name, value in source.items():
            if "." in name or not name.strip():
                name, value = _unfold(name, value)
            child = node.children.get(name)
            if isinstance(child, Leaf):
                self._read_leaf(child, value, found)
            elif child is not None:
                self._read_objects(child, value, found, depth)
            else:
                self._add(node, name, value)

    def entry(self, found: _Values) -> Entry:
        """Return the collected values as the index holds them."""
        entry = Entry()
        for known, values in found.fields.values():
            if known.type == "text":
                analyzer = self._mapping.analyzers[known.analyzer]
                entry.texts[known.number] = _terms(analyzer, values, known)
            else:
                entry.values[known.number] = sorted(set(values))  # type: ignore[assignment]
        entry.children = [(path, self.entry(child)) for path, child in found.children]
        return entry

    def _read_objects(self, node: ObjectNode, value: Any, found: _Values, depth: int) -> None:
        for item in _flat(value):
            if not isinstance(item, dict):
                raise DocumentError(
                    f"object mapping for [{node.path}] tried to parse field [{node.path}] as"
                    " object, but found a concrete value"
                )
            target = found
            if node.number:
                self._nested += 1
                if self._nested > MAX_NESTED:
                    raise DocumentError(
                        f"The number of nested documents has exceeded the limit of [{MAX_NESTED}]"
                    )
                target = _Values()
                found.children.append((node.number, target))
            self.read_object(node, item, target, depth + 1)

    def _read_leaf(self, leaf: Leaf, value: Any, found: _Values) -> None:
        items = list(_flat(value)) if isinstance(value, list) else [value]
        for known in leaf.all:
            values = [
                converted
                for item in items
                if item is not None and (converted := self._convert(known, item)) is not None
            ]
            if not values:
                continue
            if known.number in found.fields:
                found.fields[known.number][1].extend(values)
            else:
                found.fields[known.number] = (known, values)

    def _convert(self, known: Field, item: Any) -> Value | None:
        if known.type == "completion":
            return None
        try:
            value = convert(known, item)
        except ValueError as error:
            raise DocumentError(
                f"failed to parse field [{known.name}] of type [{known.type}] in document with id"
                f" '{self._key}'. Preview of field's value: '{str(item)[:100]}'",
                caused_by={"type": "illegal_argument_exception", "reason": str(error)},
            ) from None
        if known.type == "keyword" and isinstance(value, str):
            if known.ignore_above is not None and len(value) > known.ignore_above:
                return None
            _check_length(known, value)
        return value

    def _add(self, node: ObjectNode, name: str, value: Any) -> None:
        if node.dynamic == "false":
            return
        if node.dynamic == "strict":
            raise DocumentError(
                f"mapping set to strict, dynamic introduction of [{name}] within"
                f" [{node.path or '_doc'}] is not allowed",
                "strict_dynamic_mapping_exception",
            )
        definition = infer_definition(value)
        if definition is not None:
            _complete(self.additions.setdefault(node.full_name(name), {}), definition)


def _complete(known: Definition, definition: Definition) -> None:
    """Add what one value tells of a new field to what others told; the first type stays."""
    if known and ("properties" in known) != ("properties" in definition):
        raise RequestError("A new field cannot be both an object and a value in one document")
    for name, inner in definition.items():
        if isinstance(inner, dict):
            _complete(known.setdefault(name, {}), inner)
        else:
            known.setdefault(name, inner)


def _nest(mapping: IndexMapping, additions: dict[str, Definition]) -> Definition:
    """Return definitions by path as one mapping, in which the objects on the way are named."""
    nested: Definition = {}
    for path, definition in additions.items():
        target = nested
        *parents, name = path.split(".")
        for depth, parent in enumerate(parents, 1):
            target = target.setdefault("properties", {}).setdefault(parent, {})
            if mapping.objects[".".join(parents[:depth])].number:
                target["type"] = "nested"
        target.setdefault("properties", {})[name] = definition
    return nested


def _unfold(name: str, value: Any) -> tuple[str, Any]:
    """Return a dotted name as an object."""
    first, *rest = name.split(".")
    if not all(part.strip() for part in (first, *rest)):
        raise DocumentError(f"failed to parse: field name cannot be [{name}]")
    if len(rest) > MAX_DEPTH:
        raise DocumentError(f"The depth of the field [{name}] exceeds the limit of [{MAX_DEPTH}]")
    for part in reversed(rest):
        value = {part: value}
    return first, value


def _flat(value: Any) -> Iterator[Any]:
    """Yield the items of arrays in arrays, without nulls."""
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif value is not None:
        yield value


def _terms(analyzer: Analyzer, values: list[Value], known: Field) -> TextTerms:
    """Return the terms of all values of a text field, one after the other."""
    analyzed = _analyze(analyzer, str(values[0]))
    terms, positions = analyzed.terms
    if len(values) > 1:
        terms, positions = list(terms), list(positions)
        base = 0
        for value in values[1:]:
            base += analyzed.length + POSITION_GAP
            analyzed = _analyze(analyzer, str(value))
            terms += analyzed.terms.terms
            positions += [min(base + place, MAX_POSITION) for place in analyzed.terms.positions]
    if analyzer.tokenizer is KEYWORD:
        for term in terms:
            _check_length(known, term)
    length = len(set(positions)) if analyzer.stacks_terms else len(terms)
    return TextTerms(terms, positions, length)


def _check_length(known: Field, term: str) -> None:
    if len(term) > MAX_TERM_BYTES // 4 and len(term.encode()) > MAX_TERM_BYTES:
        raise RequestError(
            f'Document contains at least one immense term in field="{known.name}" (whose UTF8'
            f" encoding is longer than the max length {MAX_TERM_BYTES})"
        )


def _analyze(analyzer: Analyzer, text: str) -> Analyzed:
    return _remembered(analyzer, text) if len(text) < 1000 else analyzer.analyze(text)


@lru_cache(maxsize=2048)
def _remembered(analyzer: Analyzer, text: str) -> Analyzed:
    """Names of subjects, organizations and the like come again and again."""
    return analyzer.analyze(text)
