"""The fields that documents have, by name, with their types."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from search.documents.kinds import KINDS

# What is kept in documents for ourselves.
_INTERNAL = frozenset({"next_boundary", "scopes", "stored", "teaches"})


@lru_cache(maxsize=1)
def field_types() -> dict[str, str]:
    """The types of all fields that can be asked, sub-fields (`org.raw`) and nested ones too."""
    types: dict[str, str] = {}
    for kind in KINDS:
        types |= dict(_flat("", kind.document._doc_type.mapping.to_dict()["properties"]))
    return types


def nested_path(field: str) -> str:
    """The object that a field has to be asked inside of, "" for none."""
    path = field.rpartition(".")[0]
    return path if field_types().get(path) == "nested" else ""


def _flat(prefix: str, properties: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, field in properties.items():
        if prefix or name not in _INTERNAL:
            yield prefix + name, field["type"]
            for inner in ("fields", "properties"):
                yield from _flat(f"{prefix}{name}.", field.get(inner, {}))
