"""A partner whose services are stand-ins."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from course_discovery.clients.tests.standins.platform import StandInPlatform, stand_in_platform
from course_discovery.core.models import Partner
from course_discovery.course_metadata.tests.factories import PartnerFactory


@pytest.fixture
def platform(settings: Settings) -> Iterator[StandInPlatform]:
    """Studio, shop and LMS, which verify what they receive; this service gets tokens there."""
    with stand_in_platform() as made:
        for name, value in made.settings.items():
            setattr(settings, name, value)
        settings.PUSH_API_TIMEOUT = (1, 0.4)
        yield made


@pytest.fixture
def told_partner(db: None, platform: StandInPlatform) -> Partner:
    """A tenant that has all of them."""
    partner: Partner = PartnerFactory(**platform.addresses)
    return partner
