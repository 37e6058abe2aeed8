"""The catalog feed: valid, in order, and silent about what the platform tells itself."""

import json
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from course_discovery.loaders.sample.server import SampleServer
from course_discovery.loaders.sample.tests.browser import Browser

SCHEMA = Path(__file__).parents[2] / "catalog_feed.schema.json"
FEED = "/feed/catalog.jsonl"
Line = dict[str, Any]


@pytest.fixture(scope="module")
def lines(browser: Browser) -> list[Line]:
    reply = browser.get(FEED)
    assert reply.status == 200
    assert reply.body.endswith(b"\n")
    return [json.loads(line) for line in reply.body.splitlines()]


def of_kind(lines: list[Line], kind: str) -> list[Line]:
    return [line for line in lines if line["kind"] == kind]


def test_the_feed_is_streamed_as_ndjson(browser: Browser) -> None:
    headers = browser.get(FEED).headers
    assert headers["Content-Type"] == "application/x-ndjson"
    assert headers["Transfer-Encoding"] == "chunked"
    assert "Content-Length" not in headers


def test_an_old_client_gets_the_same_feed_without_chunks(browser: Browser) -> None:
    received = browser.raw(f"GET {FEED} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".encode())
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"chunked" not in head
    assert body == browser.get(FEED).body


def test_every_line_fits_the_schema(lines: list[Line]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert {line.get("key"): list(validator.iter_errors(line)) for line in lines} == {
        line.get("key"): [] for line in lines
    }


def test_what_is_used_comes_before_its_user(lines: list[Line]) -> None:
    known: dict[str, set[str]] = {}
    names = {
        "language": "code", "subject": "slug", "person": "slug", "program": "marketing_slug",
        "degree": "marketing_slug", "curriculum": "name", "pathway": "uuid",
    }  # fmt: skip
    for line in lines:
        for kind, key in used_by(line):
            assert key in known[kind]
        for key in line.get("organizations", []) + line.get("sponsors", []):
            assert key in known["organization"]
        for slug in line.get("subjects", []):
            assert slug in known["subject"]
        for code in line.get("transcript_languages", []):
            assert code in known["language"]
        if line["kind"] == "course":
            assert line["level"] in known["level"]
        if line["kind"] == "course_run":
            assert line["content_language"] in known["language"]
            assert line["course"] in known["course"]
        name = line["name"]["en"] if line["kind"] == "level" else None
        known.setdefault(line["kind"], set()).add(name or line[names.get(line["kind"], "key")])


def used_by(line: Line) -> list[tuple[str, str]]:
    """(kind, key) of the people, courses and runs that a line names, and of its program."""
    members = line.get("courses", [])
    excluded = line.get("excluded_course_runs", [])
    courses = members if line["kind"] != "curriculum" else [each["course"] for each in members]
    return [
        *(("person", slug) for slug in line.get("staff", []) + line.get("instructors", [])),
        *(("course", key) for key in courses),
        *(("course_run", key) for key in excluded),
        *([("degree", line["program"])] if line["kind"] == "curriculum" else []),
        *([("program", each) for each in line["programs"]] if line["kind"] == "pathway" else []),
    ]


def test_people_programs_degrees_and_pathways_come_with_the_courses(lines: list[Line]) -> None:
    kinds = Counter(line["kind"] for line in lines)
    assert (kinds["person"], kinds["program"], kinds["degree"], kinds["pathway"]) == (20, 6, 2, 3)
    assert {line["program"] for line in of_kind(lines, "curriculum")} == {
        line["marketing_slug"] for line in of_kind(lines, "degree")
    }
    staff = {slug for run in of_kind(lines, "course_run") for slug in run.get("staff", [])}
    assert staff == {line["slug"] for line in of_kind(lines, "person")}


def test_runs_of_the_platform_bring_only_what_it_cannot_tell(
    lines: list[Line], browser: Browser, service: str
) -> None:
    told = {row["id"] for row in browser.all_runs(service, username="catalog_worker")}
    runs = {line["key"]: line for line in of_kind(lines, "course_run")}
    assert told < set(runs)
    own = {"title", "start", "end", "pacing_type", "seats", "type", "status", "hidden"}
    for key, line in runs.items():
        assert (own & set(line) == set()) == (key in told), key
        assert (own <= set(line)) == (key not in told), key


def test_courses_of_the_feed_alone_come_whole(lines: list[Line]) -> None:
    whole = [line for line in of_kind(lines, "course") if "title" in line]
    assert len(whole) >= 3
    assert {"type", "card_image_url", "full_description"} <= set(whole[0])
    keys = {line["key"] for line in whole}
    runs = [line for line in of_kind(lines, "course_run") if line["course"] in keys]
    assert {seat["type"] for run in runs for seat in run["seats"]} >= {
        "audit",
        "verified",
        "professional",
        "credit",
    }


def test_subjects_speak_three_languages(lines: list[Line]) -> None:
    subjects = of_kind(lines, "subject")
    assert len(subjects) >= 10
    assert all(set(subject["name"]) >= {"en", "es", "fr"} for subject in subjects)


def test_one_run_is_restricted(lines: list[Line]) -> None:
    restricted = [line["key"] for line in lines if "restriction_type" in line]
    assert restricted == ["course-v1:AldermoorU+CIVIC40+Harbour_Partners"]


def test_texts_are_html_worth_reading(lines: list[Line]) -> None:
    for course in of_kind(lines, "course"):
        text = course["full_description"]
        assert len(text.encode()) > 500, course["key"]
        assert text.count("<p>") >= 2
        assert text.count("<p>") == text.count("</p>")
        assert len(course["short_description"]) <= 255


def picture_size(png: bytes) -> tuple[int, int]:
    """Width and height; fails on a broken file."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    place, pixels, size = 8, b"", (0, 0)
    while place < len(png):
        length = int.from_bytes(png[place : place + 4])
        chunk = png[place + 4 : place + 8 + length]
        assert zlib.crc32(chunk) == int.from_bytes(png[place + 8 + length : place + 12 + length])
        if chunk[:4] == b"IHDR":
            size = (int.from_bytes(chunk[4:8]), int.from_bytes(chunk[8:12]))
        if chunk[:4] == b"IDAT":
            pixels += chunk[4:]
        place += 12 + length
    assert len(zlib.decompress(pixels)) == (size[0] + 1) * size[1]
    return size


def test_logos_and_cards_are_pictures(
    lines: list[Line], browser: Browser, server: SampleServer
) -> None:
    urls = [line["logo_image_url"] for line in of_kind(lines, "organization")]
    cards = [line["card_image_url"] for line in lines if "card_image_url" in line]
    seen = set()
    for url, size in [(url, (200, 100)) for url in urls] + [(url, (378, 225)) for url in cards]:
        assert url.startswith(server.base_url)
        reply = browser.get(url.removeprefix(server.base_url))
        assert reply.headers["Content-Type"] == "image/png"
        assert picture_size(reply.body) == size
        seen.add(reply.body)
    assert len(seen) == len(urls) + len(cards)


@pytest.mark.parametrize(
    "path",
    [
        "/feed/logos/Nobody.png",
        "/feed/logos/..%2f..%2fetc%2fpasswd.png",
        "/feed/cards/Nobody+X.png",
        "/asset-v1:No+Such+Run+type@asset+block@course_image.png",
        "/c4x/No/Such/asset/course_image.png",
        "/feed/",
        "/",
    ],
)
def test_what_does_not_exist_is_not_found(browser: Browser, path: str) -> None:
    reply = browser.get(path)
    assert (reply.status, list(reply.json)) == (404, ["detail"])
