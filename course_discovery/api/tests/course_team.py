"""North, who works for it, and one of its courses: fixtures of tests of writing."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from course_discovery.api.tests.drafts import signed_in, with_draft
from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.models import Course, Organization, Source
from course_discovery.course_metadata.operations.course_url_slug import set_active_url_slug
from course_discovery.course_metadata.tests.factories import OrganizationFactory
from course_discovery.publisher.tests.people import person, works_for


@pytest.fixture
def north(partner: Partner) -> Organization:
    """An organization."""
    Source.objects.get_or_create(slug="edx", defaults={"name": "edX"})
    organization: Organization = OrganizationFactory(partner=partner, key="NorthU")
    return organization


@pytest.fixture
def bob(north: Organization) -> User:
    """Works for North."""
    return works_for(person("bob"), north)


@pytest.fixture
def as_bob(bob: User) -> APIClient:
    """A client signed in as Bob."""
    return signed_in(bob)


@pytest.fixture
def course(north: Organization) -> tuple[Course, Course]:
    """The draft and the official row of `NorthU+A`, at `art`."""
    rows = with_draft(north, "NorthU+A", title="Art")
    set_active_url_slug(course=rows[1], url_slug="art", now=timezone.now())
    return rows
