from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseRun,
    CourseUrlSlug,
    Organization,
    RestrictedCourseRun,
    Seat,
)
from course_discovery.course_metadata.operations.course_run import (
    OtherCoursesRun,
    OtherPartnersCourseRun,
    UnknownLanguage,
    course_run_slug,
    create_or_update_course_run,
)
from course_discovery.course_metadata.operations.course_run_key import BadCourseRunKey
from course_discovery.course_metadata.operations.course_run_values import (
    CourseRunValues,
    ToldCourseRun,
    is_current,
    stored_course_runs,
)
from course_discovery.course_metadata.operations.external_key import ExternalKeyTaken
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.running import Outcome, Written
from course_discovery.course_metadata.operations.seat import SeatValues
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    PartnerFactory,
    SeatFactory,
)

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
END = datetime(2027, 6, 30, 8, tzinfo=UTC)
KEY = "course-v1:edX+CMC+T12020"
AUDIT: SeatValues = {"type": "audit", "price": Decimal(0)}
VERIFIED: SeatValues = {"type": "verified", "price": Decimal("49.50"), "sku": "ABC1234"}


@pytest.fixture
def partner(db: None) -> Partner:
    return PartnerFactory.create()


def told(key: str = KEY, values: CourseRunValues | None = None, **rest: Any) -> ToldCourseRun:
    rest.setdefault("course_values", {"title": "My course"})
    return ToldCourseRun(key, values if values is not None else {}, **rest)


def write(partner: Partner, what: ToldCourseRun) -> Written[CourseRun]:
    return create_or_update_course_run(partner=partner, told=what, now=NOW)


def test_new_run_brings_course_organization_slugs_and_canonical_run(partner: Partner) -> None:
    written = write(partner, told(values={"title_override": "My course", "status": "published"}))
    run = written.row
    assert written.outcome is Outcome.CREATED
    assert (run.key, run.draft, run.draft_version) == (KEY, False, None)
    assert run.slug == "my-course-course-v1edxcmct12020"
    course = run.course
    assert (course.key, course.title, course.type.slug) == ("edX+CMC", "My course", "empty")
    assert course.canonical_course_run == run
    assert course.product_source is not None
    assert course.product_source.slug == "edx"
    assert [org.key for org in course.authoring_organizations.all()] == ["edX"]
    assert course.data_modified_timestamp == NOW
    slugs = {row.url_slug: row.is_active for row in course.url_slug_history.all()}
    assert slugs == {"my-course": True, "my-course-course-v1edxcmct12020": False}


def test_second_telling_writes_nothing(partner: Partner) -> None:
    what = told(
        values={
            "title_override": "My course", "end": END, "status": "published",
            "transcript_languages": ["en", "es-419"], "language": "en", "min_effort": 2,
            "restriction_type": "custom-b2c", "license": "", "external_key": "x-1",
            "short_description_override": " R&D <script>alert(1)</script><b>bold</b> ",
            "video": {"src": "https://video.example.com/1"},
        },
        seats=[AUDIT, VERIFIED],
        course_follows=True,
    )  # fmt: skip
    write(partner, what)
    changes = Change.objects.count()
    histories = CourseRun.history.count()
    assert write(partner, what).outcome is Outcome.UNCHANGED
    assert Change.objects.count() == changes
    assert CourseRun.history.count() == histories
    assert is_current(stored_course_runs([KEY.upper()])[KEY.lower()], what)
    run = CourseRun.objects.get()
    assert run.short_description_override == "R&amp;D <b>bold</b>"


def test_absent_values_stay_and_none_clears(partner: Partner) -> None:
    write(partner, told(values={"end": END, "min_effort": 3, "title_override": "One"}))
    write(partner, told(values={"end": None}))
    run = CourseRun.objects.get()
    assert (run.end, run.min_effort, run.title_override) == (None, 3, "One")


def test_key_is_found_without_case(partner: Partner) -> None:
    write(partner, told())
    assert write(partner, told("course-v1:EDX+cmc+t12020")).outcome is Outcome.UNCHANGED
    assert CourseRun.everything.get().key == KEY
    assert write(partner, told("course-v1:EDX+cmc+2")).row.course.key == "edX+CMC"
    assert Organization.objects.get().key == "edX"


def test_old_key_belongs_to_the_same_course(partner: Partner) -> None:
    write(partner, told())
    assert write(partner, told("edX/CMC/2013")).row.course.key == "edX+CMC"


def test_slug_survives_a_new_title(partner: Partner) -> None:
    write(partner, told(values={"title_override": "My course"}))
    write(partner, told(values={"title_override": "Another"}))
    assert CourseRun.objects.get().slug == "my-course-course-v1edxcmct12020"


def test_slug_is_free_and_short_enough(partner: Partner) -> None:
    CourseRunFactory.create(slug="a-course-v1abc1")
    assert course_run_slug(title="A", key="course-v1:a+b+c1") == "a-course-v1abc1-2"
    long = course_run_slug(title="t" * 255, key="course-v1:a+b+" + "c" * 200)
    assert len(long) <= 255
    assert long.endswith("c" * 200)
    assert course_run_slug(title="日本語", key="course-v1:a+b+c") == "course-v1abc"


def test_run_of_a_course_with_draft_gets_two_rows(partner: Partner) -> None:
    draft = CourseFactory.create(partner=partner, key="edX+CMC", draft=True, title="Draft title")
    written = write(partner, told(values={"title_override": "Run"}, seats=[AUDIT, VERIFIED]))
    official = written.row
    twin = CourseRun.everything.get(draft=True)
    assert official.draft_version == twin
    assert (twin.uuid, twin.slug, twin.course) == (official.uuid, official.slug, draft)
    assert official.course.draft_version == draft
    assert official.course.uuid == draft.uuid
    draft.refresh_from_db()
    assert draft.title == "Draft title"
    assert draft.canonical_course_run == twin
    seats = {seat.type_id: seat for seat in official.seats.all()}
    drafts = {seat.type_id: seat for seat in twin.seats.all()}
    assert {slug: seat.draft_version for slug, seat in seats.items()} == drafts


def test_update_reaches_draft_and_official(partner: Partner) -> None:
    draft_course = CourseFactory.create(partner=partner, key="edX+CMC", draft=True)
    course = CourseFactory.create(
        partner=partner, key="edX+CMC", uuid=draft_course.uuid, draft_version=draft_course
    )
    draft = CourseRunFactory.create(course=draft_course, key=KEY)
    official = CourseRunFactory.create(
        course=course, key=KEY, uuid=draft.uuid, draft_version=draft, draft=False
    )
    what = told(values={"end": END, "restriction_type": "custom-b2c"}, seats=[VERIFIED])
    assert write(partner, what).outcome is Outcome.UPDATED
    for row in (draft, official):
        row.refresh_from_db()
        assert row.end == END
        assert row.restricted_run.restriction_type == "custom-b2c"
        assert [seat.draft for seat in row.seats.all()] == [row.draft]
    assert official.restricted_run.draft_version == draft.restricted_run
    write(partner, told(values={"restriction_type": None}))
    assert not RestrictedCourseRun.everything.exists()


def test_run_that_is_only_a_draft_stays_one(partner: Partner) -> None:
    course = CourseFactory.create(partner=partner, key="edX+CMC", draft=True)
    CourseRunFactory.create(course=course, key=KEY)
    write(partner, told(values={"end": END}))
    run = CourseRun.everything.get()
    assert (run.draft, run.end) == (True, END)
    assert not Course.objects.exists()


def test_renamed_course_takes_reruns_under_its_key_for_reruns(partner: Partner) -> None:
    course = CourseFactory.create(partner=partner, key="edX+Old", key_for_reruns="edX+CMC")
    assert write(partner, told()).row.course == course


def test_new_run_takes_the_type_of_the_newest_run_if_its_seats_allow(partner: Partner) -> None:
    course = CourseFactory.create(partner=partner, key="edX+CMC")
    CourseRunFactory.create(course=course, key="course-v1:edX+CMC+0")
    assert write(partner, told("course-v1:edX+CMC+1")).row.type.slug == "verified-audit"
    told_seats = told("course-v1:edX+CMC+2", seats=[AUDIT, VERIFIED])
    assert write(partner, told_seats).row.type.slug == "verified-audit"
    assert write(partner, told("course-v1:edX+CMC+3", seats=[AUDIT])).row.type.slug == "empty"


def test_new_end_moves_the_verified_deadline_and_drops_the_override(partner: Partner) -> None:
    run = CourseRunFactory.create(
        course=CourseFactory.create(partner=partner, key="edX+CMC"), key=KEY, end=NOW
    )
    seat = SeatFactory.create(course_run=run, upgrade_deadline_override=NOW)
    audit = SeatFactory.create(course_run=run, type_id="audit")
    write(partner, told(values={"end": END}))
    seat.refresh_from_db()
    assert seat.upgrade_deadline == datetime(2027, 6, 20, 23, 59, 59, tzinfo=UTC)
    assert seat.upgrade_deadline_override is None
    audit.refresh_from_db()
    assert audit.upgrade_deadline is None


def test_canonical_run_names_the_course_as_long_as_it_follows(partner: Partner) -> None:
    follow: dict[str, Any] = {"course_values": {"title": "Second"}, "course_follows": True}
    write(partner, told())
    write(partner, told("course-v1:edX+CMC+other", **follow))
    assert Course.objects.get().title == "My course"
    assert not is_current(stored_course_runs([KEY])[KEY.lower()], told(**follow))
    assert write(partner, told(**follow)).outcome is Outcome.UPDATED
    assert Course.objects.get().title == "Second"


def test_seats_that_are_not_told_go_unless_others_are_kept(partner: Partner) -> None:
    write(partner, told(values={"end": END}, seats=[AUDIT, VERIFIED]))
    honor: SeatValues = {"type": "honor", "price": Decimal(0)}
    write(partner, told(seats=[honor], keep_other_seats=True))
    assert {seat.type_id for seat in Seat.objects.all()} == {"audit", "verified", "honor"}
    write(partner, told(seats=[honor]))
    assert {seat.type_id for seat in Seat.objects.all()} == {"honor"}


@pytest.mark.parametrize(
    "key",
    [
        "", "x", "course-v1:a+b", "course-v1:MITx+JPAL 101x+2014", "library-v1:a+b",
        "course-v1:a+b+c+branch@d", "course-v1:a+b+" + "c" * 255, "course-v1:é+b+c",
        "course-v1:version@519665f6223ebd6980884f2b", "a/b/c/d", "course-v1:a+b+c\n",
    ],
)  # fmt: skip
def test_bad_key_is_refused(partner: Partner, key: str) -> None:
    with pytest.raises(BadCourseRunKey):
        write(partner, told(key))
    assert not Course.everything.exists()


@pytest.mark.parametrize(
    ("values", "refusal", "text"),
    [
        ({"title_override": "x" * 256}, UnfitValue, "title_override: longer than 255"),
        ({"title_override": "a\x00b"}, UnfitValue, "NUL"),
        ({"pacing_type": "slow"}, UnfitValue, "pacing_type"),
        ({"status": "gone"}, UnfitValue, "status"),
        ({"min_effort": 40000}, UnfitValue, "min_effort"),
        ({"video": {"src": "ftp://x"}}, UnfitValue, "video"),
        ({"language": "tlh"}, UnknownLanguage, "no language tlh"),
        ({"transcript_languages": ["en", "tlh"]}, UnknownLanguage, "no language tlh"),
    ],
)
def test_unfit_value_is_refused_and_nothing_written(
    partner: Partner, values: CourseRunValues, refusal: type[Exception], text: str
) -> None:
    with pytest.raises(refusal, match=text):
        write(partner, told(values=values))
    assert not Course.everything.exists()
    assert not CourseUrlSlug.objects.exists()


def test_new_course_without_a_title_is_refused(partner: Partner) -> None:
    with pytest.raises(UnfitValue, match="title"):
        write(partner, told(course_values={}))


def test_run_of_another_partner_or_course_is_refused(partner: Partner) -> None:
    write(partner, told())
    with pytest.raises(OtherPartnersCourseRun):
        write(PartnerFactory.create(), told(values={"end": END}))
    with pytest.raises(OtherCoursesRun, match=r"edX\+CMC"):
        write(partner, told(course_key="edX+Other", values={"end": END}))
    assert CourseRun.objects.get().end is None


def test_external_key_is_unique_within_the_course(partner: Partner) -> None:
    write(partner, told(values={"external_key": "abc"}))
    with pytest.raises(ExternalKeyTaken):
        write(partner, told("course-v1:edX+CMC+2", values={"external_key": "ABC"}))
    write(partner, told("course-v1:edX+Other+2", values={"external_key": "abc"}))
