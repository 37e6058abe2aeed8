"""What the sample keeps between two starts, so that a second start serves the same bytes."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path


class StateError(Exception):
    """A kept file cannot be used; the message names it and what to do."""


def keep(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of `path`; when it is missing, made once and stored for its owner only.

    Two processes that start together agree: the file appears whole, and the first one wins.
    Raises OSError when the folder cannot be written.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.") as draft:
            draft.write(make())
            draft.flush()
            os.fsync(draft.fileno())
            with suppress(FileExistsError):  # another process was first: its content counts
                os.link(draft.name, path)
    return path.read_bytes()


def replace(path: Path, content: bytes) -> None:
    """Let `path` hold `content`; a reader sees the old or the new, never a part."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(draft).replace(path)


def load_or_set_day_zero(state: Path, today: date) -> date:
    """The day from which every date of the catalog is counted: `today` at the first start.

    Raises StateError when the kept file holds no ISO date.
    """
    path = state / "day_zero"
    text = keep(path, lambda: today.isoformat().encode("ascii")).decode("ascii", "replace").strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise StateError(f"{path} holds no date: remove it to count from today again.") from None
