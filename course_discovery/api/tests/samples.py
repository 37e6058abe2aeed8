"""Recorded answers of the service that this one replaces, to compare keys and types with."""

import os
from pathlib import Path

import pytest

_REFERENCE = os.environ.get("REFERENCE_DIR")

needs_samples = pytest.mark.skipif(
    not _REFERENCE, reason="REFERENCE_DIR is not set: nothing to compare with"
)


def sample_path(name: str) -> Path:
    """The file of one recorded answer."""
    return Path(_REFERENCE or "") / "contract" / "samples" / f"{name}.json"
