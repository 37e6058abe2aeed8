"""`publish_live_course_runs`: publish what was reviewed and is due."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from course_discovery.core.changes import background
from course_discovery.core.changes.recording import changing
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.course_metadata.queries.course_run import due_course_runs
from course_discovery.publisher.operations.course_run.going_live import go_live


class Command(BaseCommand):
    """Put reviewed runs live once their publication date has come, and tell people."""

    help = (
        "Publish reviewed course runs whose publication date has come. A run that fails does not "
        "keep the others back; then it ends with 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to write."""
        parser.add_argument("--dry-run", action="store_true", help="tell what would be published")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish run by run, and tell which."""
        now = timezone.now()
        published, failed = 0, 0
        for run in due_course_runs(now):
            if options["dry_run"]:
                self.stdout.write(f"{run.key} would be published.")
                continue
            try:
                with changing(origin="command"):
                    live = go_live(run=run, now=now)
            except (Refusal, DatabaseError) as error:
                self.stderr.write(f"{run.key} was not published: {error}")
                failed += 1
            else:
                if live:
                    self.stdout.write(f"{run.key} is published.")
                    published += 1
        background.finish()
        self.stdout.write(f"{published} published, {failed} failed.")
        if failed:
            raise CommandError(f"{failed} course runs could not be published.")
