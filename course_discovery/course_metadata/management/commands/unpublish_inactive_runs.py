"""`unpublish_inactive_runs`: take runs down that nobody can enroll in any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from course_discovery.core.changes import background
from course_discovery.core.changes.recording import changing
from course_discovery.course_metadata.operations import course_run_status
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.course_metadata.queries.course_run import courses_with_inactive_runs


class Command(BaseCommand):
    """Unpublish runs that are over, where the course keeps one that can be shown."""

    help = (
        "Unpublish course runs that nobody can enroll in any more, of courses that keep a run that "
        "may be shown. A course that fails does not keep the others back; then it ends with 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to write."""
        parser.add_argument("--dry-run", action="store_true", help="tell what would be unpublished")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at course by course, and tell which runs were unpublished."""
        now = timezone.now()
        count, failed = 0, 0
        did = "would be" if options["dry_run"] else "is"
        for course in courses_with_inactive_runs(now):
            try:
                if options["dry_run"]:
                    runs = course_run_status.inactive_runs(course, now)
                else:
                    with changing(origin="command"):
                        runs = course_run_status.unpublish_inactive_runs(course=course, now=now)
            except (Refusal, DatabaseError) as error:
                self.stderr.write(f"{course.key}: nothing was unpublished: {error}")
                failed += 1
                continue
            for run in runs:
                self.stdout.write(f"{run.key} {did} unpublished.")
            count += len(runs)
        background.finish()
        self.stdout.write(f"{count} runs, {failed} courses failed.")
        if failed:
            raise CommandError(f"{failed} courses failed.")
