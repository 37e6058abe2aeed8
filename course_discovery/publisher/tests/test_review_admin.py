"""The review in the admin: a table of persons, statuses and what they may choose."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from course_discovery.clients.tests.standins.platform import StandInPlatform
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.models.course_run import CourseRunStatus
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.models import Errand
from course_discovery.publisher.queries.review_offers import LABELS
from course_discovery.publisher.states import TRANSITIONS, Actor
from course_discovery.publisher.tests.course_runs import draft_course, run_of, statuses
from course_discovery.publisher.tests.people import edits, person, works_for
from course_discovery.publisher.tests.persons import coordinates, is_publisher_editor, joins

SUBMIT_LEGAL = "submit-review_by_legal"
SUBMIT_REVIEWED = "submit-reviewed"
SUBMIT_PUBLISHED = "submit-published"
TO_INTERNAL = "review-review_by_internal"
TO_REVIEWED = "review-reviewed"
WAYS = (SUBMIT_LEGAL, SUBMIT_REVIEWED, SUBMIT_PUBLISHED, TO_INTERNAL, TO_REVIEWED)

SUBMITS = {
    "unpublished": {SUBMIT_LEGAL}, "reviewed": {SUBMIT_REVIEWED}, "published": {SUBMIT_PUBLISHED},
}  # fmt: skip
EVERYTHING = {
    **SUBMITS,
    "review_by_legal": {TO_INTERNAL, TO_REVIEWED},
    "review_by_internal": {TO_REVIEWED},
}
NOTHING: dict[str, set[str]] = {}
# Everybody is staff here, for others never see the admin. First while internal users write freely,
# then while they are restricted.
MAY: dict[str, tuple[dict[str, set[str]], dict[str, set[str]]]] = {
    "sam": (EVERYTHING, NOTHING),
    "paula": (EVERYTHING, EVERYTHING),
    "carol": (EVERYTHING, SUBMITS),
    "lena": (EVERYTHING, {"review_by_legal": {TO_INTERNAL}}),
    "connie": (EVERYTHING, {**SUBMITS, "review_by_internal": {TO_REVIEWED}}),
    "both": (EVERYTHING, EVERYTHING),
}
STATUSES = [str(each) for each in CourseRunStatus]


@pytest.fixture
def course(db: None) -> Course:
    return draft_course(OrganizationFactory(key="NorthU"))


@pytest.fixture
def staff(course: Course, settings: Settings) -> dict[str, User]:
    (organization,) = course.authoring_organizations.all()
    people = {name: person(name, is_staff=True) for name in MAY}
    right = Permission.objects.get(codename="view_courserun")
    for each in people.values():
        each.user_permissions.add(right)
        each.user_permissions.add(Permission.objects.get(codename="change_courserun"))
    is_publisher_editor(people["paula"])
    works_for(people["carol"], organization)
    edits(people["carol"], course)
    for name in ("lena", "both"):
        joins(people[name], settings.PUBLISHER_LEGAL_GROUP)
    for name in ("connie", "both"):
        coordinates(people[name], organization)
    return people


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(run: CourseRun, act: str = "change") -> str:
    return reverse(f"admin:course_metadata_courserun_{act}", args=[run.pk])


def offered(client: Client, run: CourseRun) -> set[str]:
    answer = client.get(page(run))
    assert answer.status_code == 200
    return {each["name"] for each in answer.context["reviews"]}


def choose(client: Client, run: CourseRun, way: str) -> str:
    """Press the button; gives what the person is told."""
    answer = client.post(page(run, "review"), {"way": way})
    assert answer.status_code == 302
    assert answer["Location"] == page(run)
    *_before, message = get_messages(answer.wsgi_request)
    return f"{message.level_tag}: {message}"


@pytest.mark.parametrize("restricted", [False, True], ids=["free", "restricted"])
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", MAY)
def test_each_is_offered_what_they_may_do_and_nothing_else(
    staff: dict[str, User], course: Course, settings: Settings, name: str, status: str,
    *, restricted: bool,
) -> None:  # fmt: skip
    settings.PUBLISHER_RESTRICT_INTERNAL_USERS = restricted
    run = run_of(course, status)
    may = MAY[name][restricted].get(status, set())
    client = browser(staff[name])
    assert offered(client, run) == may
    before = statuses(run)
    for way in WAYS:
        if way not in may:
            assert choose(client, run, way).startswith("error: You may not"), way
    assert statuses(run) == before
    assert not Errand.objects.exists()


@pytest.mark.parametrize(
    ("status", "way"),
    [(status, way) for status in EVERYTHING for way in sorted(EVERYTHING[status])],
)
def test_a_button_does_what_the_table_says(
    staff: dict[str, User], course: Course, status: str, way: str
) -> None:
    run = run_of(course, status, go_live_date=timezone.now() + timedelta(days=1))
    assert choose(browser(staff["sam"]), run, way).startswith("success: The course run is now")
    assert statuses(run)[0] == way.partition("-")[2]
    if way.endswith(("reviewed", "published")):
        assert statuses(run)[1] == statuses(run)[0]


def test_every_way_that_people_choose_has_a_label() -> None:
    chosen = {
        (each.trigger, each.target)
        for each in TRANSITIONS
        if each.actor != Actor.SYSTEM and f"{each.trigger}-{each.target}" in WAYS
    }
    assert chosen == LABELS.keys()
    ways = {f"{trigger}-{target}" for trigger, target in LABELS}
    assert ways == set(WAYS)


def test_the_official_row_has_the_buttons_of_its_draft(
    staff: dict[str, User], course: Course
) -> None:
    draft = run_of(course, "published")
    CourseRun.everything.filter(pk=draft.pk).update(status="unpublished")
    official = CourseRun.objects.get(uuid=draft.uuid)
    client = browser(staff["sam"])
    assert offered(client, official) == {SUBMIT_LEGAL}
    choose(client, official, SUBMIT_LEGAL)
    assert statuses(draft) == ("review_by_legal", "published")


def test_a_service_that_refuses_is_told(
    told_partner: Partner, platform: StandInPlatform, staff: dict[str, User]
) -> None:
    course = draft_course(OrganizationFactory(partner=told_partner, key="SouthU"), "SouthU+1")
    run = run_of(course, "unpublished")
    # Studio does not know the run.
    assert choose(browser(staff["sam"]), run, SUBMIT_LEGAL).startswith("error: Studio: ")
    assert statuses(run) == ("unpublished", None)
    platform.studio.has(run.key)
    choose(browser(staff["sam"]), run, SUBMIT_LEGAL)
    assert statuses(run) == ("review_by_legal", None)


@pytest.mark.parametrize("data", [{}, {"way": ""}, {"way": "\0"}, {"way": "go_live-published"}])
def test_junk_is_refused(staff: dict[str, User], course: Course, data: dict[str, Any]) -> None:
    run = run_of(course, "reviewed")
    answer = browser(staff["sam"]).post(page(run, "review"), data)
    assert answer.status_code == 302
    assert statuses(run) == ("reviewed", "reviewed")


def test_others_and_other_addresses(staff: dict[str, User], course: Course) -> None:
    run = run_of(course, "unpublished")
    address = page(run, "review")
    client = browser(staff["sam"])
    assert client.get(address).status_code == 405
    for number in ("999999", "x", "9" * 40):
        gone = reverse("admin:course_metadata_courserun_review", args=[number])
        assert client.post(gone, {"way": SUBMIT_LEGAL}).status_code == 404, number
    alice = browser(person("alice"))
    assert "login" in alice.post(address, {"way": SUBMIT_LEGAL})["Location"]
    blind = browser(person("blind", is_staff=True))
    assert blind.post(address, {"way": SUBMIT_LEGAL}).status_code == 403
    assert statuses(run) == ("unpublished", None)
