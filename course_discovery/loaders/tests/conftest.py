from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from course_discovery.clients.tests.scripted_server import ScriptedServer
from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import PartnerFactory
from course_discovery.loaders.catalog_feed import CatalogFeedLoader, FeedFileLoader
from course_discovery.loaders.ecommerce import EcommerceLoader
from course_discovery.loaders.lms import LmsLoader
from course_discovery.loaders.loader import Loader
from course_discovery.loaders.models import LoadedSource, RefusedRow
from course_discovery.loaders.pipeline import load_partner
from course_discovery.loaders.tests.platform import Platform
from course_discovery.loaders.tests.shop import Shop

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)


class SilentWatcher:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def skipped(self, partner: Partner, loader: Loader) -> None:
        self.told.append(("skipped", loader.name))

    def started(self, partner: Partner, loader: Loader) -> None:
        self.told.append(("started", loader.name))

    def progress(self, done: int, total: int | None) -> None:
        self.told.append(("progress", done, total))

    def finished(self, source: LoadedSource) -> None:
        self.told.append(("finished", source.name))


def load(partner: Partner, loader: Loader) -> LoadedSource:
    """The stored report of one load of one source."""
    load_run = load_partner(
        partner=partner, loaders=[loader], watcher=SilentWatcher(), clock=lambda: NOW
    )
    return load_run.sources.get()


def refusals(source: LoadedSource) -> list[tuple[int | None, str, str]]:
    """(line, key, reason) of the refused rows."""
    rows = RefusedRow.objects.filter(source=source)
    return list(rows.values_list("line", "key", "reason"))


def counts(source: LoadedSource) -> tuple[int, int, int, int, int]:
    """(seen, created, updated, unchanged, refused)"""
    return source.seen, source.created, source.updated, source.unchanged, source.refused


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    yield scripted
    scripted.close()


@pytest.fixture
def platform(server: ScriptedServer) -> Platform:
    return Platform(server)


@pytest.fixture
def partner(db: None, platform: Platform) -> Partner:
    """A partner whose LMS is the scripted platform."""
    return PartnerFactory.create(short_code="p", **platform.partner_values())


@pytest.fixture
def load_lms(partner: Partner, platform: Platform) -> Callable[[], LoadedSource]:
    return lambda: load(partner, LmsLoader(platform.connect))


@pytest.fixture
def shop(server: ScriptedServer) -> Shop:
    return Shop(server)


@pytest.fixture
def shop_partner(db: None, shop: Shop) -> Partner:
    """A partner whose shop is the scripted one."""
    return PartnerFactory.create(short_code="s", ecommerce_api_url=f"{shop.url}/")


@pytest.fixture
def load_shop(shop_partner: Partner, shop: Shop) -> Callable[[], LoadedSource]:
    return lambda: load(shop_partner, EcommerceLoader(shop.connect))


@pytest.fixture
def load_feed(
    partner: Partner, server: ScriptedServer, tmp_path: Path
) -> Callable[..., LoadedSource]:
    """Loads a feed of these lines from disk; a line is a dictionary, a text or bytes.

    The scripted server is the partner's feed host, so logos may be fetched there.
    """
    import orjson

    def now(*lines: Any) -> LoadedSource:
        encoded = [
            line if isinstance(line, bytes)
            else line.encode() if isinstance(line, str)
            else orjson.dumps(line)
            for line in lines
        ]  # fmt: skip
        partner.catalog_feed_url = f"{server.url}/feed"
        path = tmp_path / "feed.jsonl"
        path.write_bytes(b"\n".join(encoded))
        return load(partner, FeedFileLoader(path))

    return now


@pytest.fixture
def load_feed_url(partner: Partner) -> Callable[[str], LoadedSource]:
    """Loads the feed at an address."""

    def now(url: str) -> LoadedSource:
        partner.catalog_feed_url = url
        return load(partner, CatalogFeedLoader())

    return now


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
