"""Faults beside the feed itself: the disk of pictures, rows that others delete meanwhile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import IntegrityError

from course_discovery.clients.tests.scripted_server import Answer, ScriptedServer
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.operations.course_type import infer_course_type
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import refusals

LoadFeed = Callable[..., LoadedSource]
PNG = Answer(200, b"\x89PNG\r\n\x1a\npicture", {"Content-Type": "image/png"})
GONE = "type: the course was deleted meanwhile"


def typed_course(name: str) -> list[dict[str, Any]]:
    seats = [{"type": "audit", "price": 0}]
    run = {"kind": "course_run", "key": f"course-v1:edX+{name}+1", "title": "T", "seats": seats}
    return [{"kind": "course", "key": f"edX+{name}", "title": "T"}, run]


def types() -> dict[str, str]:
    return dict(Course.everything.values_list("key", "type__slug"))


@pytest.fixture
def at_first_inference(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Lets something happen right before the type of the first course is inferred."""

    def let(happen: Callable[[], object]) -> None:
        waiting = [happen]

        def infer(**values: Any) -> object:
            if waiting:
                waiting.pop()()
            return infer_course_type(**values)

        monkeypatch.setattr("course_discovery.loaders.types.infer_course_type", infer)

    return let


def test_logo_that_the_disk_does_not_take_is_told_and_courses_arrive(
    load_feed: LoadFeed, server: ScriptedServer, tmp_path: Path
) -> None:
    (tmp_path / "media").write_bytes(b"a file where the folder should be")
    logo = {"kind": "organization", "key": "edX", "logo_image_url": server.queue("/a.png", PNG)}
    source = load_feed(logo, *typed_course("A"))
    ((line, key, reason),) = refusals(source)
    assert (line, key) == (1, "edX")
    assert reason.startswith("logo_image_url: the picture cannot be stored: ")
    assert str(tmp_path) not in reason
    assert (source.state, types()) == ("done", {"edX+A": "audit"})


def test_course_deleted_before_its_type_is_inferred_is_told_and_stops_no_other(
    load_feed: LoadFeed, at_first_inference: Callable[[Callable[[], object]], None]
) -> None:
    at_first_inference(Course.everything.filter(key="edX+A").delete)
    source = load_feed(*typed_course("A"), *typed_course("B"))
    assert (source.state, refusals(source)) == ("done", [(None, "edX+A", GONE)])
    assert types() == {"edX+B": "audit"}


def test_fault_of_one_inference_keeps_the_end_of_a_short_feed(
    load_feed_url: LoadFeed,
    server: ScriptedServer,
    at_first_inference: Callable[[Callable[[], object]], None],
) -> None:
    def collide() -> None:
        raise IntegrityError

    at_first_inference(collide)
    lines = [*typed_course("A"), *typed_course("B")]
    document = b"\n".join(map(orjson.dumps, lines)) + b"\n"
    padded = document + b"x" * (len(document) + 1)
    jsonl = {"Content-Type": "application/jsonl"}
    source = load_feed_url(server.queue("/feed", Answer(200, padded, jsonl, fault="short")))
    assert source.state == "short"
    assert refusals(source) == [(None, "edX+A", "type: internal error (IntegrityError)")]
    assert types() == {"edX+A": "empty", "edX+B": "audit"}
