"""Which code this is, for what outlives a process: a digest of source files."""

from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path


@cache
def revision_of(*packages: str) -> str:
    """A digest of the source of these packages (dotted names), tests and migrations apart.

    Read once in the life of a process. What was derived by other code has another revision, so
    nobody has to remember to raise a number when a rendering changes.
    """
    digest = blake2b(digest_size=8)
    for package in packages:
        spec = find_spec(package)
        for folder in sorted(spec.submodule_search_locations or []) if spec else []:
            for file in sorted(Path(folder).rglob("*.py")):
                if not {"tests", "migrations"} & set(file.relative_to(folder).parts):
                    digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
