from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    Organization,
    Seat,
    Source,
)
from course_discovery.course_metadata.tests.factories import CourseFactory, CourseRunFactory
from course_discovery.loaders.models import LoadedSource
from course_discovery.loaders.tests.conftest import NOW, counts, refusals
from course_discovery.loaders.tests.platform import LIST, Platform, mode, row

Load = Callable[[], LoadedSource]
KEY = "course-v1:edX+DemoX+1"
AUDIT, VERIFIED = mode("audit"), mode("verified", 149, sku="4C1F0A7", bulk_sku="9E27C55")


def test_run_arrives_with_course_organization_seats_and_types(
    platform: Platform, load_lms: Load, partner: Partner
) -> None:
    platform.has(
        row(name=" Waves &lt;1&gt; &amp; Optics ", short_description=" Light. ",
            media={"course_video": {"uri": "http://v.example.com/1"},
                   "image": {"raw": "https://lms.example.com/a.png"}}),
        modes=[AUDIT, VERIFIED],
    )  # fmt: skip
    source = load_lms()
    assert (source.state, counts(source)) == ("done", (1, 1, 0, 0, 0))
    run = CourseRun.everything.get()
    assert run.title_override == "Waves <1> & Optics"
    assert run.short_description_override == "Light."
    assert (run.status, run.pacing_type, run.hidden) == ("published", "instructor_paced", False)
    assert (run.mobile_available, run.type.slug) == (True, "verified-audit")
    assert run.video is not None
    assert run.video.src == "http://v.example.com/1"
    assert run.start == datetime(2027, 2, 1, 9, tzinfo=UTC)
    course = run.course
    assert (course.key, course.title, course.type.slug) == (
        "edX+DemoX", "Waves <1> & Optics", "verified-audit",
    )  # fmt: skip
    assert course.card_image_url == "https://lms.example.com/a.png"
    assert Organization.objects.get().key == "edX"
    assert Source.objects.get().slug == "edx"
    assert course.product_source == Source.objects.get()
    seats = {seat.type_id: seat for seat in run.seats.all()}
    assert {slug: seat.price for slug, seat in seats.items()} == {"audit": 0, "verified": 149}
    assert seats["verified"].upgrade_deadline == datetime(2027, 5, 18, 23, 59, 59, tzinfo=UTC)
    assert (seats["verified"].sku, seats["verified"].bulk_sku) == ("4C1F0A7", "9E27C55")
    changes = Change.objects.filter(kind__in=["course", "course_run", "organization"])
    assert set(changes.values_list("origin", flat=True)) == {"lms"}
    (request,) = platform.server.asked(LIST)
    assert "active_only" not in request.query
    assert request.query["page_size"] == "50"


def test_second_load_writes_nothing(platform: Platform, load_lms: Load) -> None:
    platform.has(*(row(f"course-v1:edX+C{n}+1") for n in range(7)), modes=[AUDIT, VERIFIED])
    platform.page_size = 3
    assert counts(load_lms()) == (7, 7, 0, 0, 0)
    changes = Change.objects.count()
    assert counts(load_lms()) == (7, 0, 0, 7, 0)
    assert Change.objects.count() == changes


def test_what_is_absent_or_null_is_told_apart(platform: Platform, load_lms: Load) -> None:
    platform.has(row())
    load_lms()
    CourseRun.everything.update(license="cc-by", hidden=True)
    platform.has(row(end=None, hidden=..., media=..., short_description=..., pacing=...))
    assert counts(load_lms()) == (1, 0, 1, 0, 0)
    run = CourseRun.everything.get()
    assert (run.end, run.hidden, run.license) == (None, True, "cc-by")
    assert run.short_description_override == "How it works."
    assert run.course.card_image_url == "https://lms.example.com/a.png"


def test_what_vanishes_from_the_list_stays(platform: Platform, load_lms: Load) -> None:
    platform.has(row("course-v1:edX+A+1"), row("course-v1:edX+B+1"))
    load_lms()
    platform.has(row("course-v1:edX+A+1"))
    load_lms()
    platform.has()
    assert load_lms().state == "done"
    assert CourseRun.objects.count() == 2


def test_empty_platform_is_a_good_load(load_lms: Load) -> None:
    source = load_lms()
    assert (source.state, source.seen) == ("done", 0)
    assert Source.objects.get().slug == "edx"


def test_draft_and_official_rows_are_updated(
    platform: Platform, load_lms: Load, partner: Partner
) -> None:
    draft_course = CourseFactory.create(partner=partner, key="edX+DemoX", draft=True)
    course = CourseFactory.create(
        partner=partner, key="edX+DemoX", uuid=draft_course.uuid, draft_version=draft_course
    )
    draft = CourseRunFactory.create(course=draft_course, key=KEY)
    CourseRunFactory.create(
        course=course, key=KEY, uuid=draft.uuid, draft=False, draft_version=draft
    )
    platform.has(row(), modes=[AUDIT, VERIFIED])
    assert counts(load_lms()) == (1, 0, 1, 0, 0)
    for run in CourseRun.everything.all():
        assert run.end == datetime(2027, 5, 28, 23, 30, tzinfo=UTC)
        assert {seat.type_id for seat in run.seats.all()} == {"audit", "verified"}
    assert counts(load_lms()) == (1, 0, 0, 1, 0)


def test_texts_and_status_are_left_to_the_publisher(
    platform: Platform, load_lms: Load, partner: Partner
) -> None:
    partner.publisher_url = "https://publisher.example.com"
    platform.has(row(), modes=[AUDIT])
    load_lms()
    run = CourseRun.everything.get()
    assert (run.status, run.short_description_override) == ("unpublished", None)
    assert (run.mobile_available, run.course.card_image_url) == (False, None)
    Course.objects.update(title="Written by the team")
    platform.has(row(name="Other"), modes=[AUDIT])
    load_lms()
    run = CourseRun.everything.get()
    assert (run.title_override, run.course.title) == ("Other", "Written by the team")


def test_seats_of_course_teams_are_not_taken_away(
    platform: Platform, load_lms: Load, partner: Partner
) -> None:
    partner.publisher_url = "https://publisher.example.com"
    platform.has(row(), modes=[mode("professional", 9)])
    load_lms()
    platform.sells(KEY, [])
    assert counts(load_lms()) == (1, 0, 0, 1, 0)
    platform.sells(KEY, [AUDIT])
    load_lms()
    assert {seat.type_id for seat in Seat.objects.all()} == {"professional", "audit"}


def test_course_follows_its_canonical_run(platform: Platform, load_lms: Load) -> None:
    platform.has(row(), row("course-v1:edX+DemoX+2", name="Second"))
    load_lms()
    assert Course.objects.get().title == "Demo"
    platform.has(row(name="New"), row("course-v1:edX+DemoX+2", name="Second"))
    assert counts(load_lms()) == (2, 0, 1, 1, 0)
    assert Course.objects.get().title == "New"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(id=5), "id: is missing or no text"),
        (row(id=...), "id: is missing or no text"),
        (row("course-v1:edX"), "the key is not one of a course run"),
        (row("course-v1:MITx+JPAL 101x+1"), "the key is not one of a course run"),
        (row("course-v1:edX+B+1", name=["x"]), "name: is no text"),
        (row("course-v1:edX+B+1", name="x" * 256), "title: longer than 255 characters"),
        (row("course-v1:edX+B+1", name=" "), "title: a new course needs one"),
        (row("course-v1:edX+B+1", name="a\x00"), "title: has a NUL character"),
        (row("course-v1:edX+B+1", start=5), "start: is no text"),
        (row("course-v1:edX+B+1", start="soon"), "start: is no time"),
        (row("course-v1:edX+B+1", start="2027-01-01T00:00:00"), "start: has no time zone"),
        (row("course-v1:edX+B+1", end="0001-01-01T00:00:00+10:00"), "end: is no time"),
        (row("course-v1:edX+B+1", pacing="fast"), "pacing: is neither instructor nor self"),
        (row("course-v1:edX+B+1", pacing=["self"]), "pacing: is neither instructor nor self"),
        (row("course-v1:edX+B+1", hidden="no"), "hidden: is neither true nor false"),
        (row("course-v1:edX+B+1", mobile_available=1),
         "mobile_available: is neither true nor false"),
        (row("course-v1:edX+B+1", license="x" * 300), "license: longer than 255 characters"),
    ],
)  # fmt: skip
def test_one_bad_row_stops_nothing(
    platform: Platform, load_lms: Load, bad: dict[str, Any], reason: str
) -> None:
    platform.has(row("course-v1:edX+A+1"), bad, row("course-v1:edX+C+1"))
    source = load_lms()
    assert (source.state, counts(source)) == ("done", (3, 2, 0, 0, 1))
    ((_line, key, told),) = refusals(source)
    assert told == reason
    assert key == (bad.get("id") if isinstance(bad.get("id"), str) else "")
    assert {run.key for run in CourseRun.objects.all()} == {
        "course-v1:edX+A+1", "course-v1:edX+C+1",
    }  # fmt: skip


@pytest.mark.parametrize("uri", [5, "watch this", "ftp://x", "http://" + "x" * 300, []])
def test_bad_media_do_not_keep_the_run_out(platform: Platform, load_lms: Load, uri: Any) -> None:
    platform.has(row(media={"course_video": {"uri": uri}, "image": {"raw": uri}}))
    source = load_lms()
    assert (source.created, source.refused) == (1, 2)
    assert refusals(source)[0][2] == (
        "media.course_video.uri: not an http(s) address, left as it was"
    )
    assert CourseRun.objects.get().video is None


@pytest.mark.parametrize("media", [None, [], "x", {"image": 1}, {"image": {}}])
def test_media_of_another_shape_are_not_told(
    platform: Platform, load_lms: Load, media: Any
) -> None:
    platform.has(row(media=media))
    assert counts(load_lms()) == (1, 1, 0, 0, 0)


def test_unset_start_is_kept_as_the_platform_tells_it(platform: Platform, load_lms: Load) -> None:
    platform.has(row(start="2030-01-01T00:00:00Z", start_type="empty"))
    load_lms()
    assert CourseRun.objects.get().start == datetime(2030, 1, 1, tzinfo=UTC)


def test_same_run_twice_is_one_run(platform: Platform, load_lms: Load) -> None:
    platform.has(row(), row("course-v1:EDX+demox+1"), row())
    assert load_lms().state == "done"
    assert CourseRun.everything.get().key == KEY


def test_run_of_another_partner_is_left_alone(platform: Platform, load_lms: Load) -> None:
    theirs = CourseRunFactory.create(key=KEY, title_override="Theirs")
    platform.has(row())
    source = load_lms()
    assert refusals(source) == [(None, KEY, "another partner has a run with this key")]
    theirs.refresh_from_db()
    assert theirs.title_override == "Theirs"


def test_reports_keep_a_bounded_number_of_refused_rows(
    platform: Platform, load_lms: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_discovery.loaders.report.KEPT_ROWS", 3)
    platform.has(*(row(f"bad-{n}") for n in range(8)))
    source = load_lms()
    assert source.refused == 8
    assert len(refusals(source)) == 3


def test_times_of_the_report_are_told(load_lms: Load) -> None:
    source = load_lms()
    assert (source.started, source.finished) == (NOW, NOW)
    assert (source.load_run.started, source.load_run.finished) == (NOW, NOW)
    assert source.load_run.exit_code == 0
