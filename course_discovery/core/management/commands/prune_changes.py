"""Forget what the change log told long ago."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from course_discovery.core.changes.pruning import prune

DAYS = 90


class Command(BaseCommand):
    """Delete old entries of the change log that every reader has been handed."""

    help = "Delete entries of the change log that are older than some days and were all handed on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much to keep."""
        parser.add_argument("--days", type=int, default=DAYS, help="days to keep (%(default)s)")

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        """Prune, and tell how many went."""
        if days < 1:
            raise CommandError("--days must be 1 at least")
        count = prune(before=timezone.now() - timedelta(days=days))
        self.stdout.write(f"{count} entries of the change log deleted.")
