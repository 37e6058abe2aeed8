"""What is owed after a commit is done, again if it fails, and not for ever."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from course_discovery.clients.tests.scripted_server import Answer, json_answer
from course_discovery.clients.tests.standins.platform import StandInPlatform
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun, CourseRunType, Mode, Track
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    OrganizationFactory,
    PartnerFactory,
)
from course_discovery.publisher.models import Errand, ErrandState
from course_discovery.publisher.operations.errands import background, kinds, running
from course_discovery.publisher.operations.errands.calling import call_for, try_again
from course_discovery.publisher.operations.errands.kinds import (
    ErrandFailed,
    ErrandKind,
    register_errand_kind,
)
from course_discovery.publisher.operations.pushing.later import (
    push_course_image_later,
    push_course_modes_later,
    push_course_run_end_later,
)

NOW = datetime(2030, 1, 1, tzinfo=UTC)
KEY = "course-v1:NorthU+PHY101+1T2027"
SUBJECT = UUID(int=1)
Work = Callable[[], None]


class Clock:
    """Time that only a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def partner(db: None) -> Partner:
    made: Partner = PartnerFactory()
    return made


@pytest.fixture
def done() -> Iterator[list[Errand]]:
    """The errands of the kind `test` that were run; what `work` in their facts says happens."""
    ran: list[Errand] = []

    def prepare(errand: Errand) -> Work | None:
        def work() -> None:
            ran.append(errand)
            if "fails" in errand.facts:
                raise ErrandFailed("no", final=errand.facts["fails"] == "for good")
            if "breaks" in errand.facts:
                raise KeyError("secret")

        return None if "nothing" in errand.facts else work

    register_errand_kind(ErrandKind("test", "Test", prepare))
    yield ran
    kinds._kinds.pop("test")


def call(partner: Partner, topic: str = "", now: datetime = NOW, **facts: Any) -> Errand:
    call_for(
        kind="test",
        subject_kind="course_run",
        subject=SUBJECT,
        key=KEY,
        partner=partner,
        now=now,
        topic=topic,
        facts=facts,
    )
    return Errand.objects.get(kind="test", topic=topic)


def run_all(clock: Callable[[], datetime] = lambda: datetime(2031, 1, 1, tzinfo=UTC)) -> int:
    count = 0
    while running.run_next(clock=clock):
        count += 1
    return count


def test_an_errand_is_run_once_for_all_calls(
    partner: Partner, done: list[Errand], clock: Clock
) -> None:
    first = call(partner, word="old").change
    errand = call(partner, word="new")
    assert errand.change != first
    assert run_all(clock) == 1
    assert [each.facts for each in done] == [{"word": "new"}]
    errand.refresh_from_db()
    assert (errand.state, errand.settled_at) == (ErrandState.DONE, NOW)
    call(partner)
    assert run_all(clock) == 1


def test_topics_are_errands_of_their_own(
    partner: Partner, done: list[Errand], clock: Clock
) -> None:
    call(partner, "a")
    call(partner, "b")
    assert run_all(clock) == 2


def test_nothing_to_do_is_done(partner: Partner, done: list[Errand], clock: Clock) -> None:
    errand = call(partner, nothing=True)
    assert run_all(clock) == 1
    errand.refresh_from_db()
    assert errand.state == ErrandState.DONE
    assert done == []


def test_what_is_rolled_back_is_not_owed(partner: Partner, done: list[Errand]) -> None:
    with transaction.atomic():
        call(partner)
        transaction.set_rollback(True)
    assert not Errand.objects.exists()


def test_a_failure_is_tried_again_with_growing_waits_and_a_bound(
    partner: Partner, done: list[Errand], clock: Clock
) -> None:
    errand = call(partner, fails="now")
    waits = []
    while running.run_next(clock=clock):
        errand.refresh_from_db()
        assert errand.last_error == "no"
        if errand.state == ErrandState.FAILED:
            break
        assert run_all(clock) == 0
        waits.append((errand.due_at - clock.now).total_seconds())
        clock.now = errand.due_at
    assert len(done) == errand.attempts == running.TRIES
    assert 15 <= waits[0] <= 30
    assert 7200 <= waits[-1] <= 14_400
    assert timedelta(hours=8) < clock.now - NOW < timedelta(days=1)
    assert errand.settled_at == clock.now
    assert run_all(clock) == 0


def test_what_will_not_be_taken_later_either_fails_at_once(
    partner: Partner, done: list[Errand], clock: Clock
) -> None:
    errand = call(partner, fails="for good")
    run_all(clock)
    errand.refresh_from_db()
    assert (errand.state, len(done)) == (ErrandState.FAILED, 1)
    assert try_again(errands=[errand.pk], now=NOW) == 1
    run_all(clock)
    assert len(done) == 2


def test_one_that_breaks_tells_no_details_and_keeps_no_other_back(
    partner: Partner, done: list[Errand], clock: Clock
) -> None:
    broken = call(partner, "a", breaks=True)
    call(partner, "b")
    assert run_all(clock) == 2
    broken.refresh_from_db()
    assert broken.last_error == "unexpected: KeyError"
    assert broken.state == ErrandState.WAITING


def test_a_done_errand_is_not_tried_again(
    partner: Partner, done: list[Errand], clock: Clock
) -> None:
    errand = call(partner)
    run_all(clock)
    assert try_again(errands=[errand.pk], now=NOW) == 0


def test_one_process_has_an_errand_until_its_lease_ends(
    partner: Partner, done: list[Errand], clock: Clock
) -> None:
    errand = call(partner)
    assert running._take(NOW)
    # The process dies here.
    assert run_all(clock) == 0
    clock.now += running.LEASE
    assert run_all(clock) == 1
    errand.refresh_from_db()
    assert (errand.state, errand.attempts) == (ErrandState.DONE, 2)


def test_one_that_kills_each_process_is_given_up(
    partner: Partner, done: list[Errand], clock: Clock
) -> None:
    errand = call(partner)
    for _ in range(running.TRIES):
        assert running._take(clock.now)
        clock.now += running.LEASE
    run_all(clock)
    errand.refresh_from_db()
    assert (errand.state, done) == (ErrandState.FAILED, [])


def test_a_change_while_it_is_run_is_not_lost(
    partner: Partner, done: list[Errand], clock: Clock
) -> None:
    errand = call(partner)
    taken = running._take(NOW)
    assert taken
    call(partner, word="new")
    assert run_all(clock) == 0  # not beside the first one, which would overtake it
    running._note(taken, None, NOW)
    errand.refresh_from_db()
    assert errand.state == ErrandState.WAITING
    assert run_all(clock) == 1
    assert done[0].facts == {"word": "new"}


def test_what_an_unknown_kind_owes_waits(partner: Partner, clock: Clock) -> None:
    call(partner)
    assert not running.errands_are_due(NOW)
    assert run_all(clock) == 0


def test_old_ones_are_forgotten(partner: Partner, done: list[Errand], clock: Clock) -> None:
    call(partner, "done")
    call(partner, "failed", fails="for good")
    run_all(clock)
    running.forget_old(NOW + running.KEPT)
    assert Errand.objects.count() == 2
    running.forget_old(NOW + running.KEPT + timedelta(seconds=1))
    assert [each.topic for each in Errand.objects.all()] == ["failed"]


def test_calling_costs_one_query(
    partner: Partner, done: list[Errand], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call(partner)
    with transaction.atomic(), django_assert_num_queries(2):  # one is the test's own
        call(partner)


def run_with_image(partner: Partner, format: str = "PNG") -> CourseRun:
    course = CourseFactory(partner=partner, draft=True)
    picture = BytesIO()
    Image.new("RGB", (1200, 800), "red").save(picture, format)
    course.image.save("x", ContentFile(picture.getvalue()))
    run: CourseRun = CourseRunFactory(course=course, key=KEY)
    return run


def test_studio_gets_the_image_of_the_course(
    platform: StandInPlatform, told_partner: Partner
) -> None:
    run = run_with_image(told_partner)
    platform.studio.has(KEY)
    push_course_image_later(run=run, now=NOW)
    assert run_all() == 1
    name, media_type, data = platform.studio.images[KEY]
    assert str(run.course.image.name).endswith(name)
    assert media_type == "image/png"
    with run.course.image.open() as stored:
        assert data == stored.read()


def test_studio_gets_the_end_of_a_run(platform: StandInPlatform, told_partner: Partner) -> None:
    course = CourseFactory(partner=told_partner)
    run = CourseRunFactory(course=course, key=KEY, start=NOW, end=NOW, enrollment_end=None)
    platform.studio.has(KEY)
    push_course_run_end_later(run=run, now=NOW)
    assert run_all() == 1
    ended = {"end": "2030-01-01T00:00:00Z", "enrollment_end": None}
    assert platform.studio.runs[KEY]["schedule"] == ended


def test_an_image_waits_for_studio_and_keeps_its_key(
    platform: StandInPlatform, told_partner: Partner, clock: Clock
) -> None:
    push_course_image_later(run=run_with_image(told_partner), now=NOW)
    platform.studio.has(KEY)
    platform.trouble(platform.studio, Answer(fault="reset"), times=1)
    assert run_all(clock) == 1
    errand = Errand.objects.get()
    assert errand.last_error == "Studio: connection broken before an answer"
    clock.now = errand.due_at
    assert run_all(clock) == 1
    assert len({request.headers["idempotency-key"] for request in platform.pushes}) == 1
    assert KEY in platform.studio.images


@pytest.mark.parametrize("spoil", ["type", "file", "refused"])
def test_an_image_that_cannot_be_had_or_taken_tells_why(
    platform: StandInPlatform, told_partner: Partner, clock: Clock, spoil: str
) -> None:
    run = run_with_image(told_partner, "GIF" if spoil == "type" else "PNG")
    if spoil == "file":
        run.course.image.storage.delete(str(run.course.image.name))
    platform.trouble(platform.studio, json_answer({"card_image": ["No."]}, 400))
    push_course_image_later(run=run, now=NOW)
    assert run_all(clock) == 1
    errand = Errand.objects.get()
    told = {
        "type": "Studio takes JPEG and PNG only",
        "file": "the image cannot be read: FileNotFoundError",
        "refused": 'Studio: {"card_image": ["No."]}',
    }
    assert errand.last_error == told[spoil]
    assert (errand.state == ErrandState.FAILED) is (spoil != "file")


def test_without_image_or_studio_nothing_is_sent(
    platform: StandInPlatform, told_partner: Partner
) -> None:
    run: CourseRun = CourseRunFactory(course=CourseFactory(partner=told_partner))
    push_course_image_later(run=run, now=NOW)
    assert run_all() == 1
    alone: CourseRun = CourseRunFactory()
    push_course_image_later(run=alone, now=NOW)
    push_course_modes_later(run=alone, now=NOW)
    assert Errand.objects.count() == 1
    assert platform.requests == []


def test_the_lms_gets_modes_after_the_commit(
    platform: StandInPlatform, told_partner: Partner
) -> None:
    kind = CourseRunType.objects.create(name="M", slug="m-test")
    kind.tracks.add(Track.objects.create(mode=Mode.objects.create(name="Ms", slug="ms")))
    course: Course = CourseFactory(partner=told_partner)
    run: CourseRun = CourseRunFactory(course=course, key=KEY, type=kind)
    push_course_modes_later(run=run, now=NOW)
    assert run_all() == 1
    assert platform.modes.modes[KEY].keys() == {"ms"}


def test_organizations_are_told_whoever_changes_them(
    platform: StandInPlatform, told_partner: Partner, drain: Callable[[], None]
) -> None:
    OrganizationFactory()
    told = OrganizationFactory(partner=told_partner, key="NorthU", name="North")
    drain()
    assert run_all() == 1
    assert platform.organizations.organizations["NorthU"]["name"] == "North"
    told.name = "Norther"
    told.save()
    drain()
    drain()
    assert run_all() == 1
    assert platform.organizations.organizations["NorthU"]["name"] == "Norther"
    assert len(platform.pushes) == 2
    told.delete()
    drain()
    assert run_all() == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_thread_runs_what_is_due(
    platform: StandInPlatform, settings: Settings, tmp_path: Any
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the suite's SQLite lives in one connection")
    partner: Partner = PartnerFactory(**platform.addresses)
    for number in range(3):
        organization = OrganizationFactory(partner=partner, key=f"U{number}")
        call_for(
            kind="organization",
            subject_kind="organization",
            subject=organization.uuid,
            key=organization.key,
            partner=partner,
            now=NOW - timedelta(days=10_000),
        )
    settings.CHANGES_DRAIN_IN_PROCESS = True
    background.look()
    settings.CHANGES_DRAIN_IN_PROCESS = False
    until = time.monotonic() + 20
    while background._running() and time.monotonic() < until:
        time.sleep(0.05)
    assert platform.organizations.organizations.keys() == {"U0", "U1", "U2"}
    assert not Errand.objects.exclude(state=ErrandState.DONE).exists()
    assert not background._running()
