"""Secrets that a machine of its own makes at its first start and keeps."""

import secrets
from pathlib import Path


def local_secret_key(directory: Path) -> str:
    """The Django secret of this machine, made once and readable by its owner only."""
    path = directory / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        directory.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        return path.read_text(encoding="ascii").strip()


def sample_public_keys(directory: Path) -> str:
    """The key set (JSON) that the bundled sample source signs with, "" before its first start."""
    try:
        return (directory / "sample" / "public_jwk_set.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
