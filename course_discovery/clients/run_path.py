"""Keys of course runs in addresses."""

from urllib.parse import quote


def run_path(run_key: str) -> str:
    """The key as a path. Slashes of old keys stay: servers in front refuse them encoded."""
    return quote(run_key, safe="/:+")


def is_run_key(run_key: str) -> bool:
    """Whether the key names a run and cannot lead to another path."""
    return bool(run_key) and not {"", ".", ".."} & set(run_key.split("/"))
