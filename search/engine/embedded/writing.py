"""Puts documents into indexes: parses them, extends mappings, and writes them in short batches."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

from search.engine.embedded.engine import Engine
from search.engine.embedded.errors import DocumentError, IndexMissing, RequestError
from search.engine.embedded.indexes import Index
from search.engine.embedded.mapping.documents import parse_document
from search.engine.embedded.storage.entry import Entry
from search.engine.embedded.storage.merging import maintain
from search.engine.embedded.storage.recent import MAX_RECENT
from search.engine.embedded.storage.writer import Outcome, Write, write_documents

MAX_BATCH = 512
MAX_BATCH_WEIGHT = 300_000
"""So many terms and values are written in one transaction, to hold the lock some 50 ms at most."""
MAX_ID_BYTES = 512
_MAX_MAPPING_ROUNDS = 20


@dataclass(frozen=True)
class Operation:
    """A document to index or create, or to delete; `source` is its JSON text.

    `version_type` is internal, external (the version must be above the stored one) or external_gte
    (or equal to it).
    """

    action: str
    index: str
    id: str | None
    source: bytes = b""
    version: int | None = None
    version_type: str = "internal"
    wants_alias: bool = False


@dataclass(frozen=True)
class Done:
    """What came of an operation: `outcome`, or the `error` that refused it."""

    index: str
    id: str
    outcome: Outcome | None = None
    error: RequestError | None = None


@dataclass(frozen=True)
class _Prepared:
    place: int
    index: Index
    write: Write


def write(engine: Engine, operations: Sequence[Operation]) -> list[Done]:
    """Carry out operations in order; return what came of each. Nothing is undone by an error."""
    done: list[Done | None] = [None] * len(operations)
    writer = _Writer(engine, operations, done)
    for batch in writer.batches():
        writer.write(batch)
    return [item for item in done if item is not None]


class _Writer:
    def __init__(
        self, engine: Engine, operations: Sequence[Operation], done: list[Done | None]
    ) -> None:
        self._engine = engine
        self._operations = operations
        self._done = done
        self._targets: dict[str, Index] = {}

    def batches(self) -> Iterator[list[_Prepared]]:
        """Yield operations on one index that are written together; refuse those that cannot be."""
        batch: list[_Prepared] = []
        weight = 0
        for place, operation in enumerate(self._operations):
            try:
                prepared = self._prepare(place, operation)
            except RequestError as error:
                self._done[place] = Done(operation.index, operation.id or "", error=error)
                continue
            entry = prepared.write.entry
            weight += entry.weight() if entry else 1
            is_full = len(batch) >= MAX_BATCH or weight > MAX_BATCH_WEIGHT
            if batch and (is_full or batch[0].index.number != prepared.index.number):
                yield batch
                batch, weight = [], 0
            batch.append(prepared)
        if batch:
            yield batch

    def write(self, batch: list[_Prepared]) -> None:
        """Write a batch."""
        index = batch[0].index
        writes = [prepared.write for prepared in batch]
        try:
            outcomes = write_documents(self._engine.database, index.number, index.name, writes)
        except IndexMissing as error:
            self._targets.clear()
            for prepared in batch:
                done = Done(index.name, prepared.write.id, error=error)
                self._done[prepared.place] = done
            return
        for prepared, outcome in zip(batch, outcomes, strict=True):
            self._done[prepared.place] = Done(index.name, prepared.write.id, outcome)
        maintain(self._engine.database, index.number, has_new_segment=len(writes) > MAX_RECENT)

    def _prepare(self, place: int, operation: Operation) -> _Prepared:
        check_version(operation)
        key = uuid.uuid4().hex if operation.id is None else operation.id
        if not key or len(key.encode()) > MAX_ID_BYTES:
            raise RequestError(
                f"id is too long or empty, must be no longer than {MAX_ID_BYTES} bytes"
            )
        index = self._target(operation)
        entry: Entry | None = None
        if operation.action != "delete":
            index, entry = self._parse(index, key, operation)
        is_external = operation.version_type != "internal"
        write = Write(
            id=key,
            source=operation.source if entry else None,
            entry=entry,
            must_be_new=operation.action == "create",
            version=operation.version if is_external else None,
            may_equal=operation.version_type == "external_gte",
        )
        return _Prepared(place, index, write)

    def _target(self, operation: Operation) -> Index:
        """Return the index to write to; one that is missing is created, but not for a delete."""
        name = operation.index
        found = self._targets.get(name)
        if found is not None:
            return found
        with self._engine.database.reading() as connection:
            try:
                found = self._engine.indexes.target(connection, name)
            except IndexMissing:
                if operation.action == "delete" or operation.wants_alias:
                    raise
        if found is None:
            with self._engine.database.writing() as connection:
                try:
                    found = self._engine.indexes.target(connection, name)
                except IndexMissing:
                    found = self._engine.indexes.create(connection, name, {})
        if operation.wants_alias and found.name == name:
            raise IndexMissing(name)
        self._targets[name] = found
        return found

    def _parse(self, index: Index, key: str, operation: Operation) -> tuple[Index, Entry]:
        """Return what the index holds of a document, after mapping its new fields."""
        try:
            source = orjson.loads(operation.source)
        except orjson.JSONDecodeError as error:
            raise DocumentError(f"failed to parse: {error}") from None
        for _ in range(_MAX_MAPPING_ROUNDS):
            parsed = parse_document(index.mapping, key, source)
            if not parsed.additions:
                return index, parsed.entry
            with self._engine.database.writing() as connection:
                index = self._engine.indexes.add_mapping(connection, index, parsed.additions)
                parse_document(index.mapping, key, source)  # a refused document maps nothing
            self._targets[operation.index] = index
        raise DocumentError(f"failed to parse: too many new fields in document with id '{key}'")


def check_version(operation: Operation) -> None:
    """Refuse versions that are missing, not wanted or negative."""
    is_internal = operation.version_type == "internal"
    if operation.version_type not in ("internal", "external", "external_gte"):
        raise RequestError(f"No version type match [{operation.version_type}]")
    if is_internal and operation.version is not None:
        raise RequestError(
            "Validation Failed: 1: internal versioning can not be used for optimistic concurrency"
            " control. Please use `if_seq_no` and `if_primary_term` instead;",
            "action_request_validation_exception",
        )
    if not is_internal and (operation.version is None or operation.version < 0):
        raise RequestError(
            f"Validation Failed: 1: illegal version value [{operation.version}] for version type"
            f" [{operation.version_type.upper()}];",
            "action_request_validation_exception",
        )
