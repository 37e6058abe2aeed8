"""Tests of the change log, and the suite that every app's owner table passes."""

import pytest

pytest.register_assert_rewrite("course_discovery.core.changes.tests.owner_table")
