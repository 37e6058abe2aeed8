"""`send_course_deadline_emails`: tell course teams that their run ends."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from course_discovery.core.changes import background
from course_discovery.publisher.mails.deadlines import deadlines
from course_discovery.publisher.mails.later import send_later


class Command(BaseCommand):
    """Call for the mails of today."""

    help = (
        "Tell editors and coordinators of courses whose advertised run ends in 90, 30 or 7 days, "
        "or ended yesterday. A mail is sent once a day, however often this runs; serving processes "
        "send it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to send."""
        parser.add_argument("--dry-run", action="store_true", help="tell what would be sent")

    def handle(self, *args: Any, **options: Any) -> None:
        """Call for mail after mail, and tell which."""
        now = timezone.now()
        dry_run, count = options["dry_run"], 0
        for run, mail in deadlines(now):
            if not dry_run:
                send_later(mail=mail, run=run, now=now)
            told = "would be sent" if dry_run else "is sent"
            self.stdout.write(f"{run.key}: {mail.name} {told}.")
            count += 1
        background.finish()
        self.stdout.write(f"{count} mails.")
