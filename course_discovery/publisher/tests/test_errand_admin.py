"""Errands in the admin: seen by who may, tried again by who may change them."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from course_discovery.course_metadata.models import CourseRun
from course_discovery.course_metadata.tests.factories import CourseRunFactory
from course_discovery.publisher.models import Errand, ErrandState
from course_discovery.publisher.operations.pushing.later import push_course_image_later
from course_discovery.publisher.tests.people import person

LIST = "admin:publisher_errand_changelist"


@pytest.fixture
def errand(db: None) -> Errand:
    run: CourseRun = CourseRunFactory(course__partner__studio_url="https://studio.example.com")
    push_course_image_later(run=run, now=datetime(2026, 1, 1, tzinfo=UTC))
    Errand.objects.update(state=ErrandState.FAILED, attempts=14, last_error="Studio: <b>no</b>")
    return Errand.objects.get()


def staff(*permissions: str) -> Client:
    user = person("Alice", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def retry(client: Client, errand: Errand) -> Errand:
    told = {"action": "try_errands_again", "_selected_action": [errand.pk]}
    client.post(reverse(LIST), told)
    errand.refresh_from_db()
    return errand


def test_who_may_change_errands_has_them_tried_again(errand: Errand) -> None:
    client = staff("change_errand")
    page = client.get(reverse(LIST)).content.decode()
    assert "Image to Studio" in page
    assert "&lt;b&gt;no" in page
    assert retry(client, errand).state == ErrandState.WAITING
    assert (errand.attempts, errand.last_error) == (0, "")


def test_who_may_see_errands_only_sees_them(errand: Errand) -> None:
    client = staff("view_errand")
    opened = client.get(reverse("admin:publisher_errand_change", args=[errand.pk]))
    assert opened.status_code == 200
    assert retry(client, errand).state == ErrandState.FAILED


@pytest.mark.parametrize("permissions", [(), ("view_courserun",)])
def test_others_do_not_see_them(errand: Errand, permissions: tuple[str, ...]) -> None:
    client = staff(*permissions)
    assert client.get(reverse(LIST)).status_code == 403
    assert retry(client, errand).state == ErrandState.FAILED


def test_nobody_writes_errands(errand: Errand) -> None:
    client = staff("add_errand", "change_errand", "view_errand")
    assert client.get(reverse("admin:publisher_errand_add")).status_code == 403
    address = reverse("admin:publisher_errand_change", args=[errand.pk])
    assert client.post(address, {"state": "done"}).status_code == 403


def test_a_run_tells_what_is_owed_for_it(errand: Errand) -> None:
    run = CourseRun.everything.get(uuid=errand.subject)
    client = staff("view_courserun")
    page = client.get(reverse("admin:course_metadata_courserun_change", args=[run.pk]))
    told = page.content.decode()
    assert "Image to Studio: Failed Studio: &lt;b&gt;no" in told
    assert f"{reverse(LIST)}?subject={run.uuid}" in told


@pytest.mark.parametrize(
    "query", ["kind=course_image", "subject=zzz", "kind=zzz", "q=x", "state=y"]
)
def test_junk_in_the_address_is_answered(errand: Errand, query: str) -> None:
    answer = staff("view_errand").get(f"{reverse(LIST)}?{query}", follow=True)
    assert answer.status_code == 200
