"""`load_catalog_feed`: fill the catalog from a feed on disk."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from course_discovery.core.changes import background
from course_discovery.core.models import Partner
from course_discovery.loaders.catalog_feed import FeedFileLoader
from course_discovery.loaders.console import LoadConsole
from course_discovery.loaders.pipeline import load_partner
from course_discovery.loaders.verdict import verdict


class Command(BaseCommand):
    """Load a catalog feed, a JSON Lines file, plain or gzip."""

    help = "Load a catalog feed (JSON Lines, see catalog_feed.schema.json) from a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, whose catalog."""
        parser.add_argument("path", type=Path, help="the file, plain or gzip")
        parser.add_argument("--partner_code", help="short code; needed when there are several")
        parser.add_argument(
            "--strict", action="store_true", help="end with 2 when lines were refused"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file and print the report."""
        path: Path = options["path"]
        try:
            path.open("rb").close()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        console = LoadConsole(self.stdout)
        load_run = load_partner(
            partner=_partner(options["partner_code"]),
            loaders=[FeedFileLoader(path)],
            watcher=console,
            clock=timezone.now,
            strict=options["strict"],
        )
        console.summary(load_run)
        background.finish()
        verdict([load_run.exit_code or 0])


def _partner(code: str | None) -> Partner:
    partners = Partner.objects.all()
    if code is not None:
        partners = partners.filter(short_code__iexact=code.strip())
    found = list(partners[:2])
    if not found:
        raise CommandError(f"There is no partner {code}." if code else "There are no partners.")
    if len(found) > 1:
        raise CommandError("There are several partners: name one with --partner_code.")
    return found[0]
