"""What a diff announces is what publishing then does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from waffle.testutils import override_switch

from course_discovery.api.tests.drafts import signed_in
from course_discovery.catalogs.models import Catalog, MemberChange
from course_discovery.catalogs.tests.asking import make
from course_discovery.clients.tests.standins.platform import StandInPlatform
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import (
    Course,
    CourseEntitlement,
    CourseRun,
    CourseUrlSlug,
    Source,
)
from course_discovery.course_metadata.operations.course_url_slug import set_active_url_slug
from course_discovery.course_metadata.tests.factories import (
    CourseEntitlementFactory,
    OrganizationFactory,
    ProgramFactory,
    SubjectFactory,
)
from course_discovery.publisher.models import Errand
from course_discovery.publisher.operations.course import edit_course
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.reviewing import review_course_run
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.tests.course_runs import draft_course, run_of
from course_discovery.publisher.tests.people import edits, person, works_for
from course_discovery.publisher.tests.persons import coordinates, joins
from course_discovery.publisher.tests.stand_ins import platform
from search.documents.connection import client
from search.documents.kinds import KINDS
from search.indexing import live

__all__ = ["platform"]

SERVICES = {"PATCH": ("studio", "course_run"), "POST": ("shop", "products")}
LATER = {"course_modes": ("lms", "modes"), "course_image": ("studio", "image")}


class House:
    """A course team with a course in a program, catalogs, and the services of a platform."""

    def __init__(self, partner: Partner, platform: StandInPlatform, drain: Any) -> None:
        self.platform, self.drain = platform, drain
        names = {**platform.addresses, "publisher_url": "https://publisher.example.com"}
        Partner.objects.filter(pk=partner.pk).update(**names)
        partner.refresh_from_db()
        organization = OrganizationFactory(partner=partner, key="NorthU")
        self.course = draft_course(organization)
        Course.everything.filter(pk=self.course.pk).update(title="Physics")
        self.course.refresh_from_db()
        set_active_url_slug(course=self.course, url_slug="physics", now=timezone.now())
        CourseEntitlementFactory(course=self.course, draft=True, price=99)
        now = timezone.now()
        self.run = run_of(
            self.course, "unpublished", start=now, end=now + timedelta(days=300),
            enrollment_end=None, go_live_date=now - timedelta(days=1),
        )  # fmt: skip
        platform.studio.has(self.run.key)
        self.sam: User = person("sam", is_staff=True)
        self.carol = person("carol")
        connie = person("connie")
        for each in (self.carol, connie):
            works_for(each, organization)
        edits(self.carol, self.course)
        coordinates(connie, organization)
        joins(person("lena"), settings.PUBLISHER_LEGAL_GROUP)

    def publish_run(self) -> None:
        """Let the run go through what is left of its review."""
        now = timezone.now()
        row = CourseRun.everything.get(uuid=self.run.uuid, draft=True)
        told = ToldRun(values={}, submitted=True)
        edit_course_run(run=row, told=told, by=self.carol, now=now)
        if row.status == "unpublished":
            for status in ("review_by_internal", "reviewed"):
                review_course_run(run=row, status=status, embargo={}, by=self.sam, now=now)

    def publish_course(self) -> None:
        """Publish the course with its runs."""
        draft = Course.everything.get(uuid=self.course.uuid, draft=True)
        edit_course(course=draft, values={}, draft=False, by=self.carol, now=timezone.now())

    def told(self, of: str = "courses") -> dict[str, Any]:
        """What the diff announces."""
        row = self.course if of == "courses" else self.run
        answer = signed_in(self.sam).get(f"/api/v1/{of}/{row.uuid}/diff/")
        assert answer.status_code == 200, answer.content
        body: dict[str, Any] = answer.json()
        assert body["refusal"] == ""
        return body


def indexed() -> set[tuple[str, str]]:
    """Which documents there are."""
    return {
        (kind.content_type, hit["_id"])
        for kind in KINDS
        for hit in client().search(index=kind.alias, size=1000)["hits"]["hits"]
    }


def redirects() -> tuple[set[str], set[str]]:
    """The active addresses of official courses, and those that lead to them."""
    rows = CourseUrlSlug.objects.filter(course__draft=False)
    return (
        set(rows.filter(is_active=True).values_list("url_slug", flat=True)),
        set(rows.filter(is_active=False).values_list("url_slug", flat=True)),
    )


def member_changes(after: int) -> list[tuple[bool, int, str]]:
    rows = MemberChange.objects.filter(pk__gt=after)
    return sorted(rows.values_list("gained", "catalog", "key"))


def newest_member_change() -> int:
    last = MemberChange.objects.order_by("pk").last()
    return last.pk if last else 0


@pytest.fixture
def house(
    partner: Partner, platform: StandInPlatform, drain: Callable[[], None], indexes: Any
) -> House:
    return House(partner, platform, drain)


def catalogs() -> None:
    now = timezone.now()
    for query in ("title:physics", "title:chemistry", "hidden:false", "*"):
        make(query, now=now, program_query="")


def check_announced(
    house: House, monkeypatch: pytest.MonkeyPatch, publish: Callable[[], None], of: str
) -> dict[str, Any]:
    """Publish, and compare what happens with what was announced; gives the announcement."""
    house.drain()
    rows = [list(model.everything.values()) for model in (Course, CourseRun)]
    errands = list(Errand.objects.values())
    told: dict[str, Any] = house.told(of)["publication"]
    # Looking changed nothing and told nobody.
    assert [list(model.everything.values()) for model in (Course, CourseRun)] == rows
    assert list(Errand.objects.values()) == errands
    pushes = len(house.platform.pushes)
    was_active, led = redirects()
    there, ledger = indexed(), newest_member_change()
    written: set[tuple[str, str]] = set()
    write = live.write

    def seen_write(kind: Any, uuids: Any, targets: Any) -> Any:
        written.update((kind.content_type, str(each)) for each in uuids)
        return write(kind, uuids, targets)

    monkeypatch.setattr(live, "write", seen_write)
    before = {each["change"] for each in errands}
    publish()
    house.drain()
    announced = {(each["content_type"], each["uuid"]) for each in told["documents"]}
    assert announced == written & (there | indexed())
    active, lead = redirects()
    assert {told["redirects"]["active"]} == active, was_active
    assert set(told["redirects"]["made"]) == lead - led
    assert set(told["redirects"]["retired"]) == led - lead
    changed = [
        (gained, each["catalog"], each["key"])
        for gained, name in ((True, "gained"), (False, "lost"))
        for each in told["catalogs"][name]
    ]
    assert sorted(changed) == member_changes(ledger)
    now_errands = Errand.objects.exclude(change__in=before)
    mails = set(now_errands.filter(kind="mail").values_list("topic", flat=True))
    assert {each["mail"] for each in told["mails"]} == mails
    done = [SERVICES[each.method] for each in house.platform.pushes[pushes:]]
    later = [LATER[each.kind] for each in now_errands if each.kind in LATER]
    image = bool(Course.everything.get(pk=house.course.pk).image)
    later = [each for each in later if image or each[1] != "image"]
    assert sorted(done + later) == sorted(
        (each["service"], each["what"]) for each in told["pushes"]
    )
    return told


def test_a_new_course(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogs()
    told = check_announced(house, monkeypatch, house.publish_run, "course_runs")
    assert [each["to_status"] for each in told["steps"]] == [
        "review_by_legal", "review_by_internal", "reviewed"
    ]  # fmt: skip
    assert {each["change"] for each in told["documents"]} == {"made"}
    assert told["redirects"]["active"] == "physics"
    gained = {each["name"] and each["key"] for each in told["catalogs"]["gained"]}
    assert {house.course.key, house.run.key} <= gained
    by_name = {each["mail"]: each["recipients"] for each in told["mails"]}
    assert by_name["went_live"] == ["carol@example.com"]


def test_a_new_course_is_announced_by_its_own_diff_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_announced(house, monkeypatch, house.publish_run, "courses")


def test_a_new_course_whose_address_moves(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source.objects.get_or_create(slug="edx", defaults={"name": "edX"})[0]
    Course.everything.filter(pk=house.course.pk).update(product_source=source)
    house.course.subjects.add(SubjectFactory(partner=house.course.partner, slug="science"))
    with override_switch("course_metadata.is_subdirectory_slug_format_enabled", active=True):
        told = check_announced(house, monkeypatch, house.publish_run, "course_runs")
    assert told["redirects"]["active"].startswith("learn/science/")


def test_a_changed_title(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.publish_run()
    house.drain()
    catalogs()
    official = Course.objects.get(uuid=house.course.uuid)
    program = ProgramFactory(partner=official.partner, status="active")
    program.courses.add(official)
    edit_course(
        course=house.course, values={"title": "Chemistry"}, by=house.carol, now=timezone.now()
    )
    told = check_announced(house, monkeypatch, house.publish_course, "courses")
    assert ("program", str(program.uuid)) in {
        (each["content_type"], each["uuid"]) for each in told["documents"]
    }
    assert [each["key"] for each in told["catalogs"]["lost"]] == [
        house.course.key, house.run.key
    ]  # fmt: skip
    assert house.told()["publication"]["catalogs"] == {"gained": [], "lost": [], "others": 0}


def test_a_changed_slug(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.publish_run()
    set_active_url_slug(course=house.course, url_slug="new-physics", now=timezone.now())
    told = check_announced(house, monkeypatch, house.publish_course, "courses")
    assert told["redirects"]["active"] == "new-physics"
    assert told["redirects"]["made"] == ["physics"]
    set_active_url_slug(course=house.course, url_slug="physics", now=timezone.now())
    told = check_announced(house, monkeypatch, house.publish_course, "courses")
    assert told["redirects"]["retired"] == ["physics"]


def test_a_removed_entitlement(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.publish_run()
    assert CourseEntitlement.objects.count() == 1
    CourseEntitlement.everything.filter(draft=True).delete()
    assert [each["field"] for each in house.told()["differences"]] == ["entitlements.verified"]
    check_announced(house, monkeypatch, house.publish_course, "courses")
    assert CourseEntitlement.objects.count() == 0


def test_a_hidden_run(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.publish_run()
    house.drain()
    catalogs()
    CourseRun.everything.filter(pk=house.run.pk).update(hidden=True)
    told = check_announced(house, monkeypatch, house.publish_run, "course_runs")
    assert house.run.key in {each["key"] for each in told["catalogs"]["lost"]}


def test_what_cannot_be_published_says_why(house: House) -> None:
    run_of(house.course, "unpublished", "2", external_key="one")
    # As only a write past the models can leave it.
    QuerySet(CourseRun).filter(pk=house.run.pk).update(external_key="one")
    body = signed_in(house.sam).get(f"/api/v1/course_runs/{house.run.uuid}/diff/").json()
    assert body["publication"] is None
    assert "NorthU+PHY1+2 has one" in body["refusal"]


def test_catalogs_that_the_reader_may_not_see_are_counted(house: House) -> None:
    Catalog.objects.create(name="Secret", query="*")
    answer = signed_in(house.carol).get(f"/api/v1/course_runs/{house.run.uuid}/diff/").json()
    assert answer["publication"]["catalogs"] == {"gained": [], "lost": [], "others": 1}


def test_the_number_of_queries_does_not_depend_on_what_there_is(house: House) -> None:
    house.publish_run()
    Course.everything.filter(draft=True).update(title="Chemistry")

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            house.told("course_runs")
        return len(seen)

    def more() -> None:
        house.course.subjects.add(SubjectFactory(partner=house.course.partner))

    Catalog.objects.create(name="All", query="*")
    more()
    count()
    before = count()
    for number in range(5):
        more()
        Catalog.objects.create(name=f"All {number}", query="title:chemistry")
    assert count() == before
    assert before < 200


def test_looking_twice_tells_the_same(house: House) -> None:
    before = house.told("course_runs")
    assert house.told("course_runs") == before
