"""What is kept between two starts."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from course_discovery.loaders.sample.keys import load_or_make_keys
from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.sample.site import Options
from course_discovery.loaders.sample.state import StateError, keep, load_or_set_day_zero
from course_discovery.loaders.sample.tests.browser import Browser
from course_discovery.loaders.sample.tests.conftest import FIRST_START, Clock


def all_bytes(running: SampleServer) -> list[bytes]:
    """Feed, course list and some modes, with the address of the server taken out."""
    browser = Browser(running.base_url)
    token = browser.service_token()
    paths = ["/feed/catalog.jsonl", "/feed/logos/LindenTech.png"]
    paths += [
        f"/api/courses/v1/courses/?username=staff&page_size=100&page={page}" for page in (1, 2)
    ]
    paths += [
        f"/api/course_modes/v1/courses/{run.key}/" for run in running.site.catalog.lms_runs[::30]
    ]
    replies = [browser.get(path, token) for path in paths]
    assert {reply.status for reply in replies} == {200}
    return [reply.body.replace(running.base_url.encode(), b"BASE") for reply in replies]


def test_a_later_start_serves_the_same_bytes(tmp_path: Path, clock: Clock) -> None:
    with SampleServer(tmp_path, options=Options(clock=clock)) as first:
        before = all_bytes(first)
    clock.advance(days=90)
    with SampleServer(tmp_path, options=Options(clock=clock)) as second:
        assert second.day_zero == FIRST_START.date()
        assert all_bytes(second) == before
        assert second.keys.public_jwk_set() == first.keys.public_jwk_set()


def test_another_first_day_moves_every_date(tmp_path: Path) -> None:
    first = SampleServer(tmp_path / "a", options=Options(clock=lambda: FIRST_START))
    later = datetime(2027, 2, 1, tzinfo=UTC)
    second = SampleServer(tmp_path / "b", options=Options(clock=lambda: later))
    try:
        shift = later.date() - FIRST_START.date()
        runs = [course.runs for course in first.site.catalog.courses]
        others = [course.runs for course in second.site.catalog.courses]
        for old, new in zip(sum(runs, ()), sum(others, ()), strict=True):
            assert (old.start and old.start + shift) == new.start
            assert (old.end and old.end + shift) == new.end
    finally:
        first.stop()
        second.stop()


def test_day_zero_is_the_first_day(tmp_path: Path) -> None:
    assert load_or_set_day_zero(tmp_path, date(2026, 3, 1)) == date(2026, 3, 1)
    assert load_or_set_day_zero(tmp_path, date(2027, 3, 1)) == date(2026, 3, 1)
    assert (tmp_path / "day_zero").read_text() == "2026-03-01"


@pytest.mark.parametrize("text", [b"", b"yesterday", b"\xff\xfe", b"2026-13-01"])
def test_a_broken_day_zero_is_named(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "day_zero").write_bytes(text)
    with pytest.raises(StateError, match="day_zero"):
        load_or_set_day_zero(tmp_path, date(2026, 3, 1))


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = load_or_make_keys(tmp_path / "new" / "folder")
    second = load_or_make_keys(tmp_path / "new" / "folder")
    assert first.public_jwk_set() == second.public_jwk_set()
    path = tmp_path / "new" / "folder" / "signing_key.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_public_keys_lie_beside_the_private_one(tmp_path: Path) -> None:
    keys = load_or_make_keys(tmp_path)
    assert (tmp_path / "public_jwk_set.json").read_text() == keys.public_jwk_set()
    (tmp_path / "signing_key.pem").unlink()
    other = load_or_make_keys(tmp_path)
    assert other.public_jwk_set() != keys.public_jwk_set()
    assert (tmp_path / "public_jwk_set.json").read_text() == other.public_jwk_set()
    assert [key["kid"] for key in json.loads(other.public_jwk_set())["keys"]] == ["openedx"]


def test_a_broken_key_is_named(tmp_path: Path) -> None:
    curve = generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    for content in (b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", curve):
        (tmp_path / "signing_key.pem").write_bytes(content)
        with pytest.raises(StateError, match="signing_key"):
            load_or_make_keys(tmp_path)


def test_starting_together_ends_with_one_content(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    with ThreadPoolExecutor(8) as pool:
        contents = set(pool.map(lambda n: keep(path, lambda: b"%d" % n * 10_000), range(8)))
    assert contents == {path.read_bytes()}
    assert list(tmp_path.iterdir()) == [path]
