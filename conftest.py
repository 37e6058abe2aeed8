"""Fixtures of the whole suite."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.utils import translation

from course_discovery.core.changes.drain import drain as drain_log


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """A request's language must not outlive its test."""
    yield
    translation.deactivate_all()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def drain(db: None) -> Callable[[], None]:
    """Hand what was changed so far to the change log's consumers, on the test's own connection."""

    def now() -> None:
        assert drain_log()

    return now
