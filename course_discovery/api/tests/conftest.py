"""People and places of the API's tests."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from rest_framework.test import APIClient

from course_discovery.core.models import Partner, User
from course_discovery.course_metadata.tests.factories import PartnerFactory
from search.tests.conftest import indexes, no_index, unused_tcp_port

__all__ = ["indexes", "no_index", "unused_tcp_port"]

Call = Callable[..., APIClient]


@pytest.fixture
def partner(db: None) -> Partner:
    """The tenant that requests to the test host are for."""
    site, _made = Site.objects.update_or_create(
        pk=1, defaults={"domain": "testserver", "name": "testserver"}
    )
    return PartnerFactory(short_code="edx", name="edX", site=site)


@pytest.fixture
def alice(db: None) -> User:
    """Somebody with an account and no rights."""
    return get_user_model().objects.create_user("alice", "alice@example.com", "alice")


@pytest.fixture
def sam(db: None) -> User:
    """Staff."""
    return get_user_model().objects.create_user("sam", "sam@example.com", "sam", is_staff=True)


@pytest.fixture
def as_alice(alice: User, partner: Partner) -> APIClient:
    """A client signed in as Alice."""
    client = APIClient()
    client.force_authenticate(alice)
    return client


@pytest.fixture
def as_sam(sam: User, partner: Partner) -> APIClient:
    """A client signed in as Sam."""
    client = APIClient()
    client.force_authenticate(sam)
    return client


@pytest.fixture
def anonymous(partner: Partner) -> APIClient:
    """A client that is not signed in."""
    return APIClient()
