"""Which loaders there are: those of the service, and those that other distributions bring.

A distribution adds a source with an entry point in the group `course_discovery.loaders` that
names a class (called without arguments) or an object with what `loader.Loader` asks for:

    [project.entry-points."course_discovery.loaders"]
    registrar = "campus.registrar:RegistrarLoader"
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from course_discovery.core.models import Partner
from course_discovery.loaders.loader import Loader, Progress
from course_discovery.loaders.report import SourceReport

logger = logging.getLogger(__name__)

GROUP = "course_discovery.loaders"
STAGES = (1, 2, 3)
_OWN = (
    "course_discovery.loaders.lms:LmsLoader",
    "course_discovery.loaders.ecommerce:EcommerceLoader",
    "course_discovery.loaders.catalog_feed:CatalogFeedLoader",
)


class LoaderError(Exception):
    """A loader that cannot be used; the text says which and why."""


class BrokenLoader:
    """Stands for an entry point that cannot be used, so that the report names it."""

    stage = 1
    origin = ""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self._reason = reason

    def configured(self, partner: Partner) -> bool:
        """Always: who installed it wants to know."""
        return True

    def load(
        self, partner: Partner, report: SourceReport, now: datetime, progress: Progress
    ) -> None:
        """Raises LoaderError."""
        raise LoaderError(self._reason)


def all_loaders() -> Sequence[Loader]:
    """Every loader, by stage; the service's own first within a stage."""
    found: dict[str, Loader] = {}
    for loader in (*map(_own, _OWN), *map(_brought, _entry_points())):
        if loader.name in found:
            # Which of the two would win is nobody's guess: the first stays, the other is shown.
            name = f"{loader.name} (again)"
            loader = BrokenLoader(name, f"another loader is called {loader.name}")
        found[loader.name] = loader
    return sorted(found.values(), key=lambda loader: loader.stage)


def known_stages() -> set[int]:
    """The stages that may be asked for."""
    return {*STAGES, *(loader.stage for loader in all_loaders())}


def _entry_points() -> list[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda point: point.name)


def _own(address: str) -> Loader:
    module, _, name = address.partition(":")
    loader: Loader = getattr(import_module(module), name)()
    return loader


def _brought(point: EntryPoint) -> Loader:
    try:
        found: Any = point.load()
        loader: Any = found() if isinstance(found, type) else found
    except Exception as error:
        # Somebody else's code: whatever it raises must not stop the other sources.
        logger.exception("the loader %s cannot be imported", point.name)
        return BrokenLoader(point.name, f"cannot be imported: {type(error).__name__}")
    missing = [
        name
        for name in ("name", "stage", "origin", "configured", "load")
        if not hasattr(loader, name)
    ]
    if missing:
        return BrokenLoader(point.name, f"is no loader: it has no {missing[0]}")
    checked: Loader = loader
    return checked
