"""What is refused here is told to nobody, and what others were told last is what is written."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from course_discovery.clients.tests.standins.platform import StandInPlatform
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, CourseRun, CourseRunType
from course_discovery.course_metadata.operations.external_key import ExternalKeyTaken
from course_discovery.course_metadata.operations.running import Gone, Refusal
from course_discovery.course_metadata.tests.factories import OrganizationFactory, SeatFactory
from course_discovery.publisher.models import CourseRunKeyReservation
from course_discovery.publisher.operations.course_run import creating, editing, reviewing
from course_discovery.publisher.operations.course_run.creating import create_course_run
from course_discovery.publisher.operations.course_run.editing import edit_course_run
from course_discovery.publisher.operations.course_run.refusals import ChangedMeanwhile
from course_discovery.publisher.operations.course_run.reviewing import review_course_run
from course_discovery.publisher.operations.course_run.values import ToldRun
from course_discovery.publisher.operations.pushing.connection import PushFailed
from course_discovery.publisher.tests.course_runs import NOW, draft_course, run_of, statuses
from course_discovery.publisher.tests.people import person

OPEN = NOW.replace(month=6)


@pytest.fixture
def course(told_partner: Partner) -> Course:
    return draft_course(OrganizationFactory(partner=told_partner, key="NorthU"))


@pytest.fixture
def sam(db: None) -> User:
    return person("sam", is_staff=True)


def make(course: Course, by: User, **values: Any) -> CourseRun:
    run_type = CourseRunType.objects.get(slug="verified-audit")
    told: Any = {"start": NOW, "end": OPEN, "run_type": run_type.uuid, **values}
    return create_course_run(
        partner=course.partner, course_key=course.key, told=ToldRun(values=told), by=by, now=NOW
    )


def after_being_told(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, *acts: Callable[[], Any]
) -> None:
    """Let somebody act each time after another service was told, and before that is written."""
    left = list(acts)
    tell: Callable[..., Any] = getattr(module, name)

    def told(*args: Any, **kwargs: Any) -> Any:
        answer = tell(*args, **kwargs)
        if left:
            left.pop(0)()
        return answer

    monkeypatch.setattr(module, name, told)


def test_a_new_run_whose_external_key_is_taken_is_not_made_in_studio(
    platform: StandInPlatform, course: Course, sam: User
) -> None:
    make(course, sam, external_key="ours")
    told = len(platform.pushes)
    with pytest.raises(ExternalKeyTaken):
        make(course, sam, external_key="OURS")
    assert len(platform.pushes) == told
    assert CourseRun.everything.count() == 1
    assert not CourseRunKeyReservation.objects.exists()
    assert make(course, sam, external_key="other").key.endswith("+1T2027a")


def test_a_rerun_passes_by_keys_that_studio_has(
    platform: StandInPlatform, course: Course, sam: User
) -> None:
    first = make(course, sam)
    platform.studio.has(f"{first.key}A")
    assert make(course, sam).key == f"{first.key}b"
    assert not CourseRunKeyReservation.objects.exists()


def test_a_rerun_does_not_pass_by_keys_without_end(
    platform: StandInPlatform, course: Course, sam: User
) -> None:
    first = make(course, sam)
    for letter in "abc":
        platform.studio.has(f"{first.key}{letter}")
    with pytest.raises(PushFailed, match="taken"):
        make(course, sam)
    assert CourseRun.everything.count() == 1
    assert not CourseRunKeyReservation.objects.exists()


def test_an_edit_that_the_catalog_refuses_at_its_end_is_not_told(
    platform: StandInPlatform, course: Course, sam: User
) -> None:
    run_of(course, "published", external_key="ours")
    run = run_of(course, "published", "2", end=OPEN)
    told = ToldRun(values={"external_key": "ours"}, prices={"verified": Decimal(9)}, submitted=True)
    with pytest.raises(ExternalKeyTaken):
        edit_course_run(run=run, told=told, by=sam, now=NOW)
    assert platform.pushes == []


def test_a_review_that_the_catalog_refuses_is_not_told(
    platform: StandInPlatform, course: Course, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(course, "review_by_internal", end=OPEN)
    SeatFactory(course_run=run, type_id="verified", price=49)

    def refuse(**_values: Any) -> None:
        raise Refusal("not like this")

    monkeypatch.setattr(reviewing, "write_official_course_run", refuse)
    with pytest.raises(Refusal, match="not like this"):
        review_course_run(run=run, status="reviewed", embargo={}, by=sam, now=NOW)
    assert platform.pushes == []
    assert statuses(run) == ("review_by_internal", None)


def prices_of(platform: StandInPlatform, run: CourseRun) -> list[str]:
    return [each["price"] for each in platform.shop.publications[run.key]["products"]]


def test_an_edit_during_another_one_leaves_the_shop_with_what_is_written(
    platform: StandInPlatform, course: Course, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(course, "published", end=OPEN)
    platform.studio.has(run.key)
    other = ToldRun(prices={"verified": Decimal(99)}, submitted=True)
    after_being_told(
        monkeypatch, editing, "tell_others",
        lambda: edit_course_run(run=run, told=other, by=sam, now=NOW),
    )  # fmt: skip
    told = ToldRun(values={"weeks_to_complete": 5}, submitted=True)
    edit_course_run(run=run, told=told, by=sam, now=NOW)
    assert prices_of(platform, run) == ["0.00", "99.00"]
    official = CourseRun.objects.get(uuid=run.uuid)
    assert official.weeks_to_complete == 5
    assert {seat.type_id: seat.price for seat in official.seats.all()} == {
        "audit": 0, "verified": 99,
    }  # fmt: skip


def test_of_two_prices_the_shop_has_the_one_that_was_written_last(
    platform: StandInPlatform, course: Course, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(course, "published", end=OPEN)
    platform.studio.has(run.key)
    other = ToldRun(prices={"verified": Decimal(99)}, submitted=True)
    after_being_told(
        monkeypatch, editing, "tell_others",
        lambda: edit_course_run(run=run, told=other, by=sam, now=NOW),
    )  # fmt: skip
    told = ToldRun(prices={"verified": Decimal(89)}, submitted=True)
    edit_course_run(run=run, told=told, by=sam, now=NOW)
    seat = CourseRun.objects.get(uuid=run.uuid).seats.get(type__slug="verified")
    assert f"{seat.price:.2f}" == prices_of(platform, run)[-1] == "89.00"


def test_whoever_is_never_alone_is_refused(
    course: Course, sam: User, platform: StandInPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(course, "published", end=OPEN)
    platform.studio.has(run.key)

    def other(title: str) -> Callable[[], Any]:
        return lambda: CourseRun.everything.filter(pk=run.pk).update(title_override=title)

    after_being_told(monkeypatch, editing, "tell_others", *map(other, "abc"))
    with pytest.raises(ChangedMeanwhile):
        edit_course_run(run=run, told=ToldRun(values={"weeks_to_complete": 5}), by=sam, now=NOW)
    assert CourseRun.everything.get(pk=run.pk).weeks_to_complete is None


def test_a_price_that_changes_during_a_review_is_sold(
    platform: StandInPlatform, course: Course, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(course, "review_by_internal", end=OPEN)
    seat = SeatFactory(course_run=run, type_id="verified", price=49)

    def other() -> None:
        seat.price = Decimal(59)
        seat.save()

    after_being_told(monkeypatch, reviewing, "tell_others", other)
    review_course_run(run=run, status="reviewed", embargo={}, by=sam, now=NOW)
    assert prices_of(platform, run) == ["59.00"]
    assert CourseRun.objects.get(uuid=run.uuid).seats.get().price == 59


def test_a_course_that_goes_while_studio_is_told_gets_no_run(
    course: Course, sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_being_told(
        monkeypatch, creating, "tell_studio_of_new_run",
        lambda: Course.everything.filter(pk=course.pk).delete(),
    )  # fmt: skip
    with pytest.raises(Gone):
        make(course, sam)
    assert not CourseRun.everything.exists()
