"""Clients that ask again are told that nothing changed, without a look, and never wrongly."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from freezegun import freeze_time

from course_discovery.core.changes import drain
from course_discovery.core.changes.models import ChangeSequence
from course_discovery.core.models import User
from course_discovery.course_metadata.tests.factories import (
    CourseFactory,
    CourseRunFactory,
    PartnerFactory,
    SeatFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/api/v1/courses/"


@pytest.fixture
def course(settings: Any) -> Any:
    settings.ALLOWED_HOSTS = ["*"]
    partner = PartnerFactory(site__domain="unchanged.example.com")
    course = CourseFactory(partner=partner, key="NorthU+PHY101")
    SeatFactory(course_run=CourseRunFactory(course=course))
    return course


def asks(user: User) -> Client:
    client = Client(SERVER_NAME="unchanged.example.com")
    client.force_login(user)
    return client


def again(client: Client, path: str, etag: str) -> Any:
    return client.get(path, headers={"If-None-Match": etag})


def settled() -> None:
    """Everything that was committed so far has its number."""
    ChangeSequence.objects.get_or_create(pk=1)
    drain.drain()


def looked(client: Client, path: str, etag: str) -> tuple[int, bool]:
    """The status, and whether rows of the catalog were looked at."""
    with CaptureQueriesContext(connection) as queries:
        status = again(client, path, etag).status_code
    return status, any("course_metadata_course" in each["sql"] for each in queries)


@pytest.mark.parametrize("path", [LIST, f"{LIST}NorthU+PHY101/", f"{LIST}?limit=5&exclude_utm=1"])
def test_who_asks_again_is_answered_without_a_look(course: Any, path: str) -> None:
    client = asks(UserFactory(is_staff=True))
    settled()
    etag = client.get(path)["ETag"]
    assert looked(client, path, etag) == (304, True)
    assert looked(client, path, etag) == (304, False)


def test_a_change_is_seen_before_and_after_it_has_a_number(course: Any) -> None:
    client = asks(UserFactory(is_staff=True))
    settled()
    etag = client.get(LIST)["ETag"]
    assert again(client, LIST, etag).status_code == 304
    course.title = "Another"
    course.save()
    assert again(client, LIST, etag).status_code == 200
    settled()
    assert again(client, LIST, etag).status_code == 200


def test_another_object_in_the_list_is_seen(course: Any) -> None:
    client = asks(UserFactory(is_staff=True))
    settled()
    etag = client.get(LIST)["ETag"]
    assert again(client, LIST, etag).status_code == 304
    CourseFactory(partner=course.partner)
    settled()
    assert again(client, LIST, etag).status_code == 200


def test_a_boundary_that_passes_is_seen(course: Any) -> None:
    client = asks(UserFactory(is_staff=True))
    run = course.course_runs.get()
    run.enrollment_end = timezone.now() + timedelta(hours=2)
    run.save()
    settled()
    etag = client.get(LIST)["ETag"]
    assert looked(client, LIST, etag) == (304, True)
    assert looked(client, LIST, etag) == (304, False)
    with freeze_time(timezone.now() + timedelta(hours=3)):
        assert again(client, LIST, etag).status_code == 200


def test_what_time_decides_is_looked_at_each_time(course: Any) -> None:
    client, path = asks(UserFactory(is_staff=True)), "/api/v1/course_runs/?active=1"
    settled()
    etag = client.get(path)["ETag"]
    assert looked(client, path, etag) == (304, True)
    assert looked(client, path, etag) == (304, True)


def test_callers_whose_rights_differ_by_row_are_looked_at_each_time(course: Any) -> None:
    client = asks(UserFactory())
    settled()
    etag = client.get(LIST)["ETag"]
    assert looked(client, LIST, etag) == (304, True)
    assert looked(client, LIST, etag) == (304, True)


def test_nobody_gets_the_answer_of_another(course: Any) -> None:
    one, other = asks(UserFactory(is_staff=True)), asks(UserFactory(is_staff=True))
    settled()
    etag = one.get(LIST)["ETag"]
    assert again(one, LIST, etag).status_code == 304
    assert again(other, LIST, etag).status_code == 200
