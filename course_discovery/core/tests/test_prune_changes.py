"""The command that forgets old changes."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from course_discovery.core.changes.models import Change
from course_discovery.core.models import Currency

pytestmark = pytest.mark.django_db


def test_old_entries_that_were_handed_on_go(drain: Callable[[], None]) -> None:
    Currency.objects.create(code="XTS", name="Test")
    drain()
    Change.objects.update(at=timezone.now() - timedelta(days=100))
    Currency.objects.create(code="XXX", name="None")
    drain()
    output = StringIO()
    call_command("prune_changes", stdout=output)
    assert "1 entries" in output.getvalue()
    assert [change.key for change in Change.objects.all()] == ["XXX"]


def test_keeping_nothing_is_refused() -> None:
    with pytest.raises(CommandError, match="--days"):
        call_command("prune_changes", days=0)
