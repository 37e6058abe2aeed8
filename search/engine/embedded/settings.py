"""The settings of an index, in any of the forms in which they may be sent."""

from typing import Any

from search.engine.embedded.analysis.settings import build_analyzers, integer
from search.engine.embedded.errors import RequestError

Settings = dict[str, Any]

DEFAULT_RESULT_WINDOW = 10_000
_DYNAMIC = {
    "number_of_replicas",
    "max_result_window",
    "refresh_interval",
    "blocks.read_only_allow_delete",
}
_FIXED = {"number_of_shards"}
_NUMBERS = {"number_of_shards": 1, "number_of_replicas": 0, "max_result_window": 1}


def check_settings(settings: Any) -> Settings:
    """Return the settings of a new index: flat, as text, beside its `analysis`.

    Raises RequestError for a setting or value that is not supported.
    """
    flat = _flatten(settings)
    analysis = _expand(
        {name: flat.pop(name) for name in list(flat) if name.startswith("analysis.")}
    )
    checked = _check_values(flat, _DYNAMIC | _FIXED)
    checked.setdefault("number_of_shards", "1")
    checked.setdefault("number_of_replicas", "1")
    if analysis:
        build_analyzers(analysis["analysis"])
        checked["analysis"] = analysis["analysis"]
    return checked


def change_settings(old: Settings, changes: Any) -> Settings:
    """Return settings with changes to those that may change while an index is in use."""
    flat = _flatten(changes)
    if fixed := sorted(name for name in flat if name in _FIXED or name.startswith("analysis.")):
        raise RequestError(f"Can't update non dynamic settings {fixed} for open indices")
    changed = {name: value for name, value in old.items() if name not in flat}
    return {**changed, **_check_values(flat, _DYNAMIC)}


def result_window(settings: Settings) -> int:
    """Return how deep into the hits of an index a page may reach."""
    return int(settings.get("max_result_window", DEFAULT_RESULT_WINDOW))


def shown_settings(settings: Settings) -> Settings:
    """Return settings in the nested form in which they are shown."""
    flat = {name: value for name, value in settings.items() if name != "analysis"}
    shown = _expand(flat)
    if "analysis" in settings:
        shown["analysis"] = settings["analysis"]
    return shown


def _check_values(flat: Settings, known: set[str]) -> Settings:
    checked: Settings = {}
    for name, value in flat.items():
        if name not in known:
            raise RequestError(f"unknown setting [index.{name}]")
        if value is None:
            continue
        if name in _NUMBERS and integer(value, f"index.{name}") < _NUMBERS[name]:
            raise RequestError(
                f"Failed to parse value [{value}] for setting [index.{name}] must be >="
                f" {_NUMBERS[name]}"
            )
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if name == "blocks.read_only_allow_delete" and text != "false":
            raise RequestError(f"setting [index.{name}] of [{text}] is not supported")
        checked[name] = text
    return checked


def _flatten(settings: Any, prefix: str = "") -> Settings:
    if not isinstance(settings, dict):
        raise RequestError("settings must be an object")
    flat: Settings = {}
    for name, value in settings.items():
        full = f"{prefix}{name}"
        if isinstance(value, dict) and value:
            flat.update(_flatten(value, f"{full}."))
        else:
            flat[full.removeprefix("index.")] = value
    return flat


def _expand(flat: Settings) -> Settings:
    expanded: Settings = {}
    for name, value in flat.items():
        *parents, last = name.split(".")
        target = expanded
        for parent in parents:
            target = target.setdefault(parent, {})
            if not isinstance(target, dict):
                raise RequestError(f"setting [{name}] contradicts another one")
        target[last] = value
    return expanded
