from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseUrlSlug,
    LevelType,
    Video,
)
from course_discovery.course_metadata.operations.course import (
    BadCourseKey,
    UnknownCourseType,
    UnknownLevel,
    course_is_current,
    create_or_update_course,
)
from course_discovery.course_metadata.operations.course_entitlement import TooManyEntitlements
from course_discovery.course_metadata.operations.course_link import (
    UnknownOrganization,
    UnknownSubject,
)
from course_discovery.course_metadata.operations.course_url_slug import UrlSlugTaken
from course_discovery.course_metadata.operations.course_values import CourseValues, stored_courses
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.offer import UnknownCurrency, UnknownSeatType
from course_discovery.course_metadata.operations.running import Outcome, Refusal, Written
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    OrganizationFactory,
    PartnerFactory,
    SubjectFactory,
)

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
LATER = datetime(2027, 1, 11, 12, tzinfo=UTC)


@pytest.fixture
def partner(db: None) -> Partner:
    partner: Partner = PartnerFactory.create()
    for key in ("edX", "MITx", "HarvardX"):
        OrganizationFactory.create(partner=partner, key=key)
    for slug in ("math", "physics"):
        SubjectFactory.create(partner=partner, slug=slug)
    LevelType.objects.create(name="Introductory")
    return partner


def write(
    partner: Partner, values: CourseValues, key: str = "edX+DemoX", now: datetime = NOW
) -> Written[Course]:
    return create_or_update_course(partner=partner, key=key, values=values, now=now)


def everything() -> CourseValues:
    return {
        "title": "Demo", "short_description": "<p onclick=x>Hi</p>", "full_description": None,
        "course_length": "short", "card_image_url": "https://x.example.com/a.png",
        "type": "verified-audit", "level": "introductory", "organizations": ["MITx", "edX"],
        "sponsors": ["HarvardX"], "subjects": ["physics", "math"], "url_slug": "demo-course",
        "video": {"src": "https://v.example.com/1", "description": "Look"},
        "entitlements": [{"mode": "verified", "price": Decimal("99.00"), "sku": "A"}],
    }  # fmt: skip


def test_new_course_has_all_that_was_told(partner: Partner) -> None:
    written = write(partner, everything())
    course = Course.objects.get()
    assert written == (course, Outcome.CREATED)
    assert course.short_description == "<p>Hi</p>"
    assert [link.organization.key for link in course.author_links.all()] == ["MITx", "edX"]
    assert [link.organization.key for link in course.sponsor_links.all()] == ["HarvardX"]
    assert [link.subject.slug for link in course.subject_links.all()] == ["physics", "math"]
    assert course.level_type is not None
    assert course.level_type.name == "Introductory"
    assert course.type.slug == "verified-audit"
    assert course.url_slug_history.get(is_active=True).url_slug == "demo-course"
    assert course.entitlements.get().price == Decimal("99.00")
    assert course.video == Video.objects.get()


def test_second_telling_writes_nothing(partner: Partner) -> None:
    write(partner, everything())
    changes, history = Change.objects.count(), Course.history.count()
    rows = stored_courses(partner, ["EDX+demox"])["edx+demox"]
    assert course_is_current(rows, everything())
    assert write(partner, everything(), now=LATER).outcome is Outcome.UNCHANGED
    assert (Change.objects.count(), Course.history.count()) == (changes, history)
    assert Course.objects.get().data_modified_timestamp == NOW


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"}, {"short_description": None}, {"type": "audit"}, {"level": None},
        {"organizations": ["edX", "MITx"]}, {"organizations": ["edX"]}, {"sponsors": []},
        {"subjects": ["math"]}, {"url_slug": "other"}, {"video": None},
        {"video": {"src": "https://v.example.com/1", "description": "New"}},
        {"video": {"src": "https://v.example.com/2"}}, {"entitlements": []},
        {"entitlements": [{"mode": "verified", "price": Decimal(5)}]},
        {"entitlements": [{"mode": "professional", "price": Decimal(99)}]},
        {"course_length": ""}, {"card_image_url": None},
    ],
)  # fmt: skip
def test_each_change_is_seen_and_written(partner: Partner, change: CourseValues) -> None:
    write(partner, everything())
    assert not course_is_current(stored_courses(partner, ["edX+DemoX"])["edx+demox"], change)
    assert write(partner, change, now=LATER).outcome is Outcome.UPDATED
    assert Course.objects.get().data_modified_timestamp == LATER
    assert course_is_current(stored_courses(partner, ["edX+DemoX"])["edx+demox"], change)
    assert write(partner, change).outcome is Outcome.UNCHANGED


def test_draft_twin_is_updated_too(partner: Partner) -> None:
    draft = CourseFactory.create(partner=partner, key="edX+DemoX", draft=True)
    write(partner, everything())
    write(partner, {"title": "New", "entitlements": [{"mode": "verified", "price": Decimal(7)}]})
    draft.refresh_from_db()
    official = Course.objects.get()
    assert official.draft_version == draft
    assert (draft.title, official.title, draft.uuid) == ("New", "New", official.uuid)
    assert [link.subject.slug for link in draft.subject_links.all()] == ["physics", "math"]
    entitlement = CourseEntitlement.objects.get()
    assert entitlement.draft_version == CourseEntitlement.everything.get(draft=True)
    assert entitlement.price == Decimal(7)
    assert CourseUrlSlug.objects.get(is_active=True).course == official


def test_new_course_is_authored_by_the_organization_of_its_key(partner: Partner) -> None:
    course = write(partner, {"title": "T"}, key="NewU+X1").row
    assert [link.organization.key for link in course.author_links.all()] == ["NewU"]
    assert course.product_source is not None
    assert course.type.slug == "empty"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"organizations": ["Nobody"]}, UnknownOrganization),
        ({"sponsors": ["Nobody"]}, UnknownOrganization),
        ({"subjects": ["math", "magic"]}, UnknownSubject),
        ({"level": "Godlike"}, UnknownLevel),
        ({"type": "magic"}, UnknownCourseType),
        ({"url_slug": "TAKEN"}, UrlSlugTaken),
        ({"title": "x" * 256}, UnfitValue),
        ({"title": ""}, UnfitValue),
        ({"course_length": "endless"}, UnfitValue),
        ({"card_image_url": "javascript:alert(1)"}, UnfitValue),
        ({"entitlements": [{"mode": "magic", "price": Decimal(1)}]}, UnknownSeatType),
        (
            {"entitlements": [{"mode": "verified", "price": Decimal(1), "currency": "XXX"}]},
            UnknownCurrency,
        ),
        ({"entitlements": [{"mode": "verified", "price": Decimal("1.005")}]}, UnfitValue),
        ({"entitlements": [{"mode": "verified", "price": Decimal(-1)}]}, UnfitValue),
        ({"entitlements": [{"mode": "verified", "price": Decimal(10**8)}]}, UnfitValue),
        ({"entitlements": [{"mode": "verified", "price": Decimal(1)}] * 2}, TooManyEntitlements),
    ],
)
def test_unfit_value_is_refused_and_nothing_written(
    partner: Partner, values: dict[str, Any], refusal: type[Refusal]
) -> None:
    write(partner, {"title": "T", "url_slug": "taken"}, key="edX+Other")
    changes = Change.objects.count()
    told: Any = {"title": "Demo", **values}
    with pytest.raises(refusal):
        write(partner, told)
    assert Change.objects.count() == changes
    assert not Course.everything.filter(key="edX+DemoX").exists()


@pytest.mark.parametrize("key", ["", "edX", "edX+", "+DemoX", "a+b+c"])
def test_bad_key_is_refused(partner: Partner, key: str) -> None:
    with pytest.raises(BadCourseKey):
        write(partner, {"title": "T"}, key=key)


def test_partners_do_not_share_courses(partner: Partner) -> None:
    write(partner, {"title": "One"})
    assert write(PartnerFactory.create(), {"title": "Two"}).outcome is Outcome.CREATED
    assert {course.title for course in Course.objects.all()} == {"One", "Two"}
    assert CourseUrlSlug.objects.filter(url_slug="one").exists()
