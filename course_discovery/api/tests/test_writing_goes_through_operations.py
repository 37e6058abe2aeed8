"""What serves and what loads writes nothing itself: it calls operations."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2]
WRITES = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
}  # fmt: skip
# The loaders' own report is no part of the catalog.
OWN_ROWS = {"loaders/report.py", "loaders/models/load_run.py"}


def sources() -> list[Path]:
    """The modules of the packages that only call operations."""
    return [
        path
        for package in ("api", "loaders")
        for path in sorted((PACKAGE / package).rglob("*.py"))
        if not {"tests", "migrations", "sample"} & set(path.parts)
        and path.relative_to(PACKAGE).as_posix() not in OWN_ROWS
    ]


def writes(text: str) -> list[str]:
    """The calls in a module's text that would write rows."""
    return [
        f"line {node.lineno}: .{node.func.attr}()"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
    ]


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_writes_rows(path: Path) -> None:
    assert writes(path.read_text(encoding="utf-8")) == []


def test_a_write_would_be_seen() -> None:
    assert writes("course.save()") == ["line 1: .save()"]
