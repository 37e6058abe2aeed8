"""Secrets that a machine of its own makes at its first start and keeps."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def local_secret_key(directory: Path) -> str:
    """The Django secret of this machine, made once and readable by its owner only."""
    path = directory / "secret_key"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        _make(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()


def _make(path: Path, text: str) -> None:
    """Let `path` hold `text`, unless another process was first; nobody reads half of it."""
    own = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    with suppress(FileExistsError):
        path.hardlink_to(own)
    own.unlink()


def sample_public_keys(directory: Path) -> str:
    """The key set (JSON) that the bundled sample source signs with, "" before its first start."""
    try:
        return (directory / "sample" / "public_jwk_set.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
