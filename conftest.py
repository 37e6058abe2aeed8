"""Fixtures of the whole suite."""

from collections.abc import Callable

import pytest

from course_discovery.core.changes.drain import drain as drain_log


@pytest.fixture
def drain(db: None) -> Callable[[], None]:
    """Hand what was changed so far to the change log's consumers, on the test's own connection."""

    def now() -> None:
        assert drain_log()

    return now
