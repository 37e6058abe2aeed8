"""The indexes in the file: their names, their set-up and their aliases."""

import re
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import orjson

from search.engine.embedded.analysis.settings import build_analyzers
from search.engine.embedded.body import Body
from search.engine.embedded.errors import IndexMissing, MappingError, RequestError
from search.engine.embedded.mapping.definition import Definition, check_mapping, merge_mappings
from search.engine.embedded.mapping.mapping import (
    IndexMapping,
    Numbers,
    compile_mapping,
    number_fields,
)
from search.engine.embedded.settings import Settings, change_settings, check_settings
from search.engine.embedded.storage.garbage import INDEX, SEGMENT

MAX_NAME_BYTES = 255
_MAX_REMEMBERED = 64
_FORBIDDEN = re.compile(r'[\\/*?"<>| ,#:\x00-\x1f]')
_COLUMNS = "number, name, uuid, created, settings, mapping"


@dataclass(frozen=True)
class Index:
    """An index as one state of the file shows it."""

    number: int
    name: str
    uuid: str
    created: int
    settings: Settings
    mapping: IndexMapping
    numbers: Numbers


class Indexes:
    """Finds and changes indexes; remembers what it made of their mappings.

    Every method works inside the caller's transaction.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[tuple[str, str, str], Index] = {}

    def find(self, connection: sqlite3.Connection, name: str) -> Index | None:
        """Return the index of exactly this name."""
        row = connection.execute(
            f"SELECT {_COLUMNS} FROM indexes WHERE name = ?", (name,)
        ).fetchone()
        return None if row is None else self._make(row)

    def resolve(
        self,
        connection: sqlite3.Connection,
        expression: str,
        *,
        ignore_unavailable: bool = False,
        allow_no_indices: bool = True,
    ) -> list[Index]:
        """Return the indexes that a comma list of names, aliases and patterns means, by name.

        Raises IndexMissing for a name that is neither.
        """
        numbers: set[int] = set()
        for part in (expression or "_all").split(","):
            found = _numbers_of(connection, "*" if part == "_all" else part)
            if not found and "*" not in part and part != "_all" and not ignore_unavailable:
                raise IndexMissing(part)
            numbers |= found
        if not numbers and not allow_no_indices:
            raise IndexMissing(expression)
        return sorted(
            (self._load(connection, number) for number in numbers), key=lambda index: index.name
        )

    def target(self, connection: sqlite3.Connection, name: str) -> Index:
        """Return the one index that a document is written to or read from by a name or alias."""
        numbers = set() if "*" in name or "," in name else _numbers_of(connection, name)
        if not numbers:
            raise IndexMissing(name)
        if len(numbers) > 1:
            raise RequestError(
                f"no write index is defined for alias [{name}]; it points to {len(numbers)} indices"
            )
        return self._load(connection, numbers.pop())

    def create(self, connection: sqlite3.Connection, name: str, body: Any) -> Index:
        """Create an index from `settings`, `mappings` and `aliases`.

        Raises RequestError for a name that is taken or not allowed, or a body not supported.
        """
        _check_name(name)
        if self.find(connection, name):
            kind = "resource_already_exists_exception"
            raise RequestError(f"index [{name}] already exists", kind, index=name)
        if _numbers_of(connection, name):
            kind = "invalid_index_name_exception"
            reason = f"Invalid index name [{name}], already exists as alias"
            raise RequestError(reason, kind, index=name)
        options = Body("create index", body, "parse_exception")
        settings = check_settings(options.take("settings", None) or {})
        definition = check_mapping(options.take("mappings", None) or {})
        aliases = Body("aliases", options.take("aliases", None) or {})
        options.done()
        numbers = _check_compiles(definition, {}, settings)
        connection.execute(
            "INSERT INTO indexes (name, uuid, created, settings, mapping, last_document)"
            " VALUES (?, ?, ?, ?, ?, 0)",
            (
                name,
                uuid.uuid4().hex,
                time.time_ns() // 1_000_000,
                orjson.dumps(settings).decode(),
                orjson.dumps([definition, numbers]).decode(),
            ),
        )
        index = self.find(connection, name)
        if index is None:
            raise IndexMissing(name)
        for alias in aliases.names():
            add_alias(connection, index, alias, aliases.take(alias))
        return index

    def delete(self, connection: sqlite3.Connection, index: Index) -> None:
        """Take an index out; its documents and segments become garbage."""
        number = (index.number,)
        connection.execute("DELETE FROM indexes WHERE number = ?", number)
        connection.execute("DELETE FROM alias WHERE index_number = ?", number)
        connection.execute(
            f"INSERT INTO garbage SELECT '{SEGMENT}', number FROM segment WHERE index_number = ?",
            number,
        )
        connection.execute("DELETE FROM segment WHERE index_number = ?", number)
        connection.execute("INSERT INTO garbage VALUES (?, ?)", (INDEX, index.number))

    def add_mapping(
        self, connection: sqlite3.Connection, index: Index, additions: Definition
    ) -> Index:
        """Add fields to the mapping of an index; raises RequestError if they contradict it."""
        current = self._load(connection, index.number)
        new = check_mapping(additions)
        merged = merge_mappings(current.mapping.definition, new)
        numbers = _check_compiles(merged, current.numbers, current.settings)
        self._update(connection, current, "mapping = ?", orjson.dumps([merged, numbers]).decode())
        return self._load(connection, index.number)

    def change_settings(
        self, connection: sqlite3.Connection, index: Index, changes: dict[str, Any]
    ) -> None:
        """Change the settings that may change."""
        settings = change_settings(index.settings, changes)
        self._update(connection, index, "settings = ?", orjson.dumps(settings).decode())

    def _update(
        self, connection: sqlite3.Connection, index: Index, assignment: str, value: str
    ) -> None:
        connection.execute(
            f"UPDATE indexes SET {assignment} WHERE number = ?", (value, index.number)
        )

    def _load(self, connection: sqlite3.Connection, number: int) -> Index:
        row = connection.execute(
            f"SELECT {_COLUMNS} FROM indexes WHERE number = ?", (number,)
        ).fetchone()
        if row is None:
            raise IndexMissing(str(number))
        return self._make(row)

    def _make(self, row: tuple[int, str, str, int, str, str]) -> Index:
        number, name, unique, created, settings_text, mapping_text = row
        key = (unique, settings_text, mapping_text)
        with self._lock:
            made = self._made.get(key)
        if made is not None:
            return made
        settings = orjson.loads(settings_text)
        definition, numbers = orjson.loads(mapping_text)
        mapping = compile_mapping(
            definition, numbers, build_analyzers(settings.get("analysis", {}))
        )
        made = Index(number, name, unique, created, settings, mapping, numbers)
        with self._lock:
            if len(self._made) >= _MAX_REMEMBERED:
                self._made.clear()
            self._made[key] = made
        return made


def aliases_of(connection: sqlite3.Connection, index: Index) -> list[str]:
    """Return the aliases of an index by name."""
    rows = connection.execute(
        "SELECT name FROM alias WHERE index_number = ? ORDER BY name", (index.number,)
    )
    return [name for (name,) in rows]


def add_alias(connection: sqlite3.Connection, index: Index, alias: str, options: Any) -> None:
    """Give an index an alias; raises RequestError for a name that an index has, or for options."""
    _check_name(alias)
    Body(f"alias {alias}", options).done()
    if connection.execute("SELECT 1 FROM indexes WHERE name = ?", (alias,)).fetchone():
        raise RequestError(
            f"Invalid alias name [{alias}]: an index or data stream exists with the same name as"
            " the alias",
            "invalid_alias_name_exception",
        )
    connection.execute("INSERT OR IGNORE INTO alias VALUES (?, ?)", (alias, index.number))


def remove_alias(connection: sqlite3.Connection, index: Index, pattern: str) -> int:
    """Take the aliases that match a pattern from an index; return how many there were."""
    doomed = [name for name in aliases_of(connection, index) if matches(name, [pattern])]
    connection.executemany(
        "DELETE FROM alias WHERE name = ? AND index_number = ?",
        [(name, index.number) for name in doomed],
    )
    return len(doomed)


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name matches any of the patterns, in which a star stands for any text."""
    return any(
        pattern in ("_all", name) or fnmatchcase(name, pattern.replace("[", "[[]"))
        for pattern in patterns
    )


def _numbers_of(connection: sqlite3.Connection, pattern: str) -> set[int]:
    if "*" not in pattern:
        rows = connection.execute(
            "SELECT number FROM indexes WHERE name = ?"
            " UNION SELECT index_number FROM alias WHERE name = ?",
            (pattern, pattern),
        )
        return {number for (number,) in rows}
    rows = connection.execute(
        "SELECT name, number FROM indexes UNION ALL SELECT name, index_number FROM alias"
    )
    return {number for name, number in rows if matches(name, [pattern])}


def _check_compiles(definition: Definition, numbers: Numbers, settings: Settings) -> Numbers:
    """Return the numbers of the fields, after trying whether the mapping can be used."""
    numbered = number_fields(definition, numbers)
    try:
        compile_mapping(definition, numbered, build_analyzers(settings.get("analysis", {})))
    except MappingError as error:
        raise MappingError(f"Failed to parse mapping: {error.reason}") from None
    return numbered


def _check_name(name: str) -> None:
    reason = ""
    if not name or name in (".", "..") or name[0] in "-_+":
        reason = "must not be empty, '.' or '..', or start with '_', '-', or '+'"
    elif name != name.lower():
        reason = "must be lowercase"
    elif _FORBIDDEN.search(name):
        reason = 'must not contain the characters \\ / * ? " < > | space , # :'
    elif len(name.encode()) > MAX_NAME_BYTES:
        reason = f"must not be longer than {MAX_NAME_BYTES} bytes"
    if reason:
        raise RequestError(
            f"Invalid index name [{name}], {reason}", "invalid_index_name_exception", index=name
        )
