import gzip
import itertools
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from course_discovery.clients.tests.scripted_server import Answer, ScriptedServer, html_answer
from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseUrlSlug,
    LevelType,
    Organization,
    Seat,
    Subject,
)
from course_discovery.course_metadata.tests.factories import CourseRunFactory
from course_discovery.loaders.catalog_feed import FeedFileLoader
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import counts, load, refusals

LoadFeed = Callable[..., LoadedSource]
Line = dict[str, Any]
JSONL = {"Content-Type": "application/jsonl"}
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def organization(key: str = "edX", **values: Any) -> Line:
    return {"kind": "organization", "key": key, **values}


def course(key: str = "edX+DemoX", **values: Any) -> Line:
    return {"kind": "course", "key": key, "title": "Demo", **values}


def run(key: str = "course-v1:edX+DemoX+1", **values: Any) -> Line:
    return {"kind": "course_run", "key": key, **values}


def whole_catalog() -> list[Line]:
    return [
        organization(name="edX", organization_hex_color="1f4e79"),
        organization("MITx", name="MIT"),
        {"kind": "subject", "slug": "math", "name": {"en": "Math", "fr": "Maths"}},
        {"kind": "level", "name": {"en": "Advanced", "fr": "Avancé"}, "sort_value": 3},
        {"kind": "language", "code": "tlh", "name": "Klingon"},
        course(
            organizations=["MITx", "edX"], sponsors=["edX"], subjects=["math"], level="Advanced",
            full_description="<p>Hi</p>", video={"src": "https://v.example.com/1"},
            entitlements=[{"mode": "verified", "price": 99, "currency": "EUR"}],
        ),
        run(
            course="edX+DemoX", title="Demo", start="2027-02-01T10:00:00+01:00",
            end="2027-05-28T23:30:00Z", pacing_type="self_paced", status="published",
            content_language="tlh", transcript_languages=["en", "tlh"], min_effort=2,
            restriction_type="custom-b2c", external_key="x-1",
            seats=[
                {"type": "audit", "price": 0},
                {"type": "verified", "price": "149.50", "sku": "A"},
            ],
        ),
        run("edX/DemoX/2013", title="Old", seats=[{"type": "honor", "price": 0}]),
    ]  # fmt: skip


def test_whole_catalog_arrives(load_feed: LoadFeed) -> None:
    source = load_feed(*whole_catalog())
    assert refusals(source) == []
    assert (source.state, counts(source)) == ("done", (8, 8, 0, 0, 0))
    found = Course.objects.get()
    assert [link.organization.key for link in found.author_links.all()] == ["MITx", "edX"]
    assert (found.type.slug, found.level_type) == ("verified-audit", LevelType.objects.get())
    assert found.canonical_course_run is not None
    assert found.entitlements.get().currency_id == "EUR"
    new = CourseRun.objects.get(key="course-v1:edX+DemoX+1")
    assert new.start == datetime(2027, 2, 1, 9, tzinfo=UTC)
    assert {tag.pk for tag in new.transcript_languages.all()} == {"en", "tlh"}
    assert (new.language_id, new.restricted_run.restriction_type) == ("tlh", "custom-b2c")
    verified = new.seats.get(type__slug="verified")
    assert verified.price == Decimal("149.50")
    assert verified.upgrade_deadline == datetime(2027, 5, 18, 23, 59, 59, tzinfo=UTC)
    assert new.type.slug == "verified-audit"
    old = CourseRun.objects.get(key="edX/DemoX/2013")
    assert (old.course, old.type.slug) == (found, "honor")
    changes = Change.objects.filter(kind="course_run")
    assert set(changes.values_list("origin", flat=True)) == {"feed"}


def test_second_load_writes_nothing(load_feed: LoadFeed) -> None:
    load_feed(*whole_catalog())
    changes = Change.objects.count()
    assert counts(load_feed(*whole_catalog())) == (8, 0, 0, 8, 0)
    assert Change.objects.count() == changes


@pytest.mark.parametrize("seed", range(4))
def test_lines_may_come_in_any_order(load_feed: LoadFeed, seed: int) -> None:
    lines = whole_catalog()
    random.Random(seed).shuffle(lines)
    source = load_feed(*lines)
    assert (counts(source), refusals(source)) == ((8, 8, 0, 0, 0), [])
    assert Course.objects.get().type.slug == "verified-audit"


def test_absent_keys_leave_what_is_stored_and_null_clears(load_feed: LoadFeed) -> None:
    load_feed(*whole_catalog())
    source = load_feed(course(video=None, title="New"), run(end=None, min_effort=5))
    assert counts(source) == (2, 0, 2, 0, 0)
    found = Course.objects.get()
    assert (found.title, found.video, found.full_description) == ("New", None, "<p>Hi</p>")
    stored = CourseRun.objects.get(key="course-v1:edX+DemoX+1")
    assert (stored.end, stored.min_effort, stored.language_id) == (None, 5, "tlh")
    assert stored.seats.count() == 2


def test_bad_lines_are_told_by_number_and_the_others_arrive(load_feed: LoadFeed) -> None:
    source = load_feed(
        organization(), "{not json", "", {"kind": "planet", "key": "x"}, course(colour="red"),
        course(), run(start="soon"), b"\xff", run(title="T"), "[]",
    )  # fmt: skip
    assert (source.state, counts(source)) == ("done", (9, 3, 0, 0, 6))
    assert refusals(source) == [
        (2, "", "not JSON in UTF-8"),
        (
            4,
            "",
            "kind: not one of course, course_run, curriculum, degree, language, level, "
            "organization, pathway, person, program, subject",
        ),
        (5, "edX+DemoX", "unknown key 'colour'"),
        (7, "course-v1:edX+DemoX+1", "start: no date and time with a zone"),
        (8, "", "not JSON in UTF-8"),
        (10, "", "not a JSON object"),
    ]


def test_same_key_twice_is_refused_the_first_counts(load_feed: LoadFeed) -> None:
    source = load_feed(course(title="One"), course("EDX+demox", title="Two"), organization())
    assert refusals(source) == [(2, "EDX+demox", "the same key as in line 1")]
    assert Course.objects.get().title == "One"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (course(organizations=["Nobody"]), "there is no organization Nobody"),
        (course(subjects=["magic"]), "there is no subject magic"),
        (course(level="Godlike"), "there is no level Godlike"),
        (course(type="magic"), "there is no course type magic"),
        (course(entitlements=[{"mode": "magic", "price": 1}]), "there is no seat type magic"),
        (course(entitlements=[{"mode": "verified", "price": 1.005}]),
         "price: has more than two decimal places"),
        ({"kind": "course", "key": "edX+DemoX"}, "title: a new course needs one"),
        (course("a+b+c"), "key: has the wrong form"),
        (run(), "title: a new course needs one"),
        (run("course-v1:edX+A b+1"), "the key is not one of a course run"),
        (run(title="T", type="magic"), "there is no course run type magic"),
        (run(title="T", content_language="xx"), "there is no language xx"),
        (run(title="T", seats=[{"type": "audit", "price": 0}] * 2), "seats: audit twice"),
    ],
)  # fmt: skip
def test_line_that_the_catalog_cannot_take_is_refused(
    load_feed: LoadFeed, line: Line, reason: str
) -> None:
    source = load_feed(line, course("edX+Good"))
    assert refusals(source) == [(1, line["key"], reason)]
    assert [row.key for row in Course.everything.all()] == ["edX+Good"]


def test_seat_that_cannot_be_taken_is_told_and_the_others_arrive(load_feed: LoadFeed) -> None:
    line = run(
        title="T",
        seats=[
            {"type": "audit", "price": 0}, {"type": "magic", "price": 0},
            {"type": "verified", "price": 1, "currency": "XXX"},
        ],
    )  # fmt: skip
    expected = [
        (1, line["key"], "seats: there is no seat type magic"),
        (1, line["key"], "seats: there is no currency XXX"),
    ]
    source = load_feed(line)
    assert (source.created, refusals(source)) == (1, expected)
    assert Seat.objects.get().type_id == "audit"
    source = load_feed(line)
    assert (source.unchanged, refusals(source)) == (1, expected)


def test_run_stays_in_its_course_and_its_partner(load_feed: LoadFeed) -> None:
    theirs = CourseRunFactory.create(key="course-v1:edX+Theirs+1")
    load_feed(course(), course("edX+Other"), run(title="T"))
    source = load_feed(run(course="edX+Other"), run("course-v1:edX+Theirs+1", title="Mine"))
    assert [reason for _line, _key, reason in refusals(source)] == [
        "course: the run belongs to edX+DemoX", "another partner has a run with this key",
    ]  # fmt: skip
    theirs.refresh_from_db()
    assert theirs.title_override is None


def test_run_may_name_a_course_that_its_key_does_not(load_feed: LoadFeed) -> None:
    source = load_feed(course(), run("course-v1:edX+Odd+1", course="edX+DemoX"))
    assert source.refused == 0
    assert CourseRun.objects.get().course.key == "edX+DemoX"


def test_slug_that_another_course_has_is_refused(load_feed: LoadFeed) -> None:
    source = load_feed(course(url_slug="demo"), course("edX+Other", url_slug="DEMO"))
    assert refusals(source) == [(2, "edX+Other", "url_slug: another course has it")]
    assert CourseUrlSlug.objects.get().url_slug == "demo"


def test_logo_is_fetched_and_stored_when_it_changed(
    load_feed: LoadFeed, server: ScriptedServer
) -> None:
    picture = Answer(200, PNG, {"Content-Type": "image/png"})
    url = server.queue("/logo.png", picture)
    load_feed(organization(logo_image_url=url))
    stored = Organization.objects.get()
    with stored.logo_image.open() as file:
        assert file.read() == PNG
    changes = Change.objects.count()
    assert counts(load_feed(organization(logo_image_url=url))) == (1, 0, 0, 1, 0)
    assert Change.objects.count() == changes
    server._queues["/logo.png"] = [Answer(200, PNG + b"2", {"Content-Type": "image/png"})]
    load_feed(organization(logo_image_url=url))
    assert Organization.objects.get().logo_image.name != stored.logo_image.name
    load_feed(organization(logo_image_url=None))
    assert not Organization.objects.get().logo_image


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(404), "HTTP 404, not found"),
        (html_answer("Log in"), "HTTP 200, content type is not an image"),
        (Answer(200, b"<svg/>", {"Content-Type": "image/svg+xml"}), "not a PNG"),
    ],
)
def test_logo_that_cannot_be_fetched_is_told_and_nothing_lost(
    load_feed: LoadFeed, server: ScriptedServer, answer: Answer, reason: str
) -> None:
    good = server.queue("/good.png", Answer(200, PNG, {"Content-Type": "image/png"}))
    load_feed(organization(logo_image_url=good))
    bad = server.queue("/bad.png", answer)
    source = load_feed(organization(logo_image_url=bad), organization("MITx"))
    assert (source.state, source.created) == ("done", 1)
    ((line, key, told),) = refusals(source)
    assert (line, key, told.startswith("logo_image_url: ")) == (1, "edX", True)
    assert told.endswith(reason)
    assert Organization.objects.get(key="edX").logo_image


def test_feed_is_read_from_its_address(
    load_feed_url: LoadFeed, server: ScriptedServer, partner: Partner
) -> None:
    document = b"\n".join(map(orjson.dumps, whole_catalog()))
    source = load_feed_url(server.queue("/feed", Answer(200, document, JSONL)))
    assert (source.name, source.state, source.created) == ("catalog_feed", "done", 8)
    packed = Answer(200, gzip.compress(document), {"Content-Type": "application/gzip"})
    assert load_feed_url(server.queue("/feed.gz", packed)).unchanged == 8


def test_feed_that_breaks_off_is_short_and_whole_lines_count(
    load_feed_url: LoadFeed, server: ScriptedServer
) -> None:
    lines = [orjson.dumps(course(f"edX+C{n}")) for n in range(9)]
    document = b"\n".join(lines)
    source = load_feed_url(server.queue("/feed", Answer(200, document, JSONL, fault="short")))
    assert (source.state, source.created, source.refused) == ("short", 4, 0)
    assert source.load_run.exit_code == 1
    source = load_feed_url(server.queue("/html", html_answer("Log in")))
    assert (source.state, source.seen) == ("unreachable", 0)
    assert Course.objects.count() == 4


def test_damaged_gzip_file_is_short(partner: Partner, tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl.gz"
    document = b"\n".join(orjson.dumps(course(f"edX+C{n}")) for n in range(500))
    path.write_bytes(gzip.compress(document)[:-200])
    source = load(partner, FeedFileLoader(path))
    assert source.state == "short"
    assert "damaged" in source.reason


def test_line_beyond_the_limit_is_refused_and_the_next_one_read(load_feed: LoadFeed) -> None:
    source = load_feed(course(full_description="x" * 1_000_001), course("edX+B"))
    assert refusals(source) == [(1, "", "longer than 1000000 bytes")]
    assert source.created == 1


def test_feed_of_too_many_lines_is_short(
    load_feed: LoadFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_discovery.loaders.feed.reading.MAX_LINES", 3)
    source = load_feed(*(course(f"edX+C{n}") for n in range(5)))
    assert (source.state, source.created) == ("short", 3)


def test_subjects_of_partners_are_apart(load_feed: LoadFeed) -> None:
    load_feed({"kind": "subject", "slug": "math", "name": "Math"})
    assert Subject.objects.get().partner.short_code == "p"


NUMBERS = itertools.count()
GARBAGE = st.lists(
    st.binary(max_size=30).filter(lambda line: b"\n" not in line)
    | st.dictionaries(
        st.sampled_from(["kind", "key", "title", "seats", "course", "type", "video", "status"]),
        st.none()
        | st.integers()
        | st.text(max_size=8)
        | st.lists(st.text(max_size=3), max_size=2)
        | st.sampled_from(
            ["course", "course_run", "edX+A", "course-v1:edX+A+1", "audit", "published"]
        ),
    ).map(lambda told: json.dumps(told).encode()),
    max_size=6,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(garbage=GARBAGE, places=st.lists(st.integers(0, 6), min_size=2, max_size=2))
def test_garbage_never_raises_and_never_loses_a_good_line(
    load_feed: LoadFeed, garbage: list[bytes], places: list[int]
) -> None:
    number = next(NUMBERS)
    good = [course(f"Good+C{number}"), run(f"course-v1:Good+C{number}+1", title="T")]
    lines: list[Any] = list(garbage)
    for place, line in zip(places, good, strict=True):
        lines.insert(place, line)
    # A document that begins like gzip is taken as gzip, and then it is a short one.
    assume(not (isinstance(lines[0], bytes) and lines[0].startswith(b"\x1f\x8b")))
    source = load_feed(*lines)
    assert source.state == "done"
    assert CourseRun.objects.get(key=f"course-v1:Good+C{number}+1").course.key == f"Good+C{number}"
    assert not any("internal error" in reason for _line, _key, reason in refusals(source))
