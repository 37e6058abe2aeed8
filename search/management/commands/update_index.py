"""Build new search indexes and take them into use."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.indexing.building import BuildRefused, rebuild
from search.management.base import kinds_named, told_plainly
from search.management.progress import telling


class Command(BaseCommand):
    """Builds beside what is in use; a build that fails changes nothing that readers see."""

    help = "Build new search indexes, check them against the database and take them into use."

    def add_arguments(self, parser: CommandParser) -> None:
        """The options that deployments know; some change nothing here and are still taken."""
        parser.add_argument(
            "--disable-change-limit",
            action="store_true",
            help="take an index whose size differs much from the one in use "
            f"({settings.INDEX_SIZE_CHANGE_THRESHOLD:.0%} or more); a first build needs no leave",
        )
        parser.add_argument(
            "--models",
            nargs="*",
            default=[],
            metavar="NAME",
            help="only these: course, course_run, or app.Model (default: all)",
        )
        parser.add_argument(
            "--parallel",
            action=argparse.BooleanOptionalAction,
            default=False,
            help="taken for compatibility; documents are always made in batches",
        )
        parser.add_argument(
            "--refresh",
            action="store_true",
            help="taken for compatibility; a new index is always refreshed before it is used",
        )
        parser.add_argument(
            "--no-count",
            action="store_false",
            dest="count",
            help="do not tell how many documents there are",
        )
        parser.add_argument(
            "-u", "--using", default="default", help="which search server of the settings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and tell what became of it."""
        if options["using"] not in settings.ELASTICSEARCH_DSL:
            raise CommandError(f"the settings know no search server {options['using']}")
        kinds = kinds_named(options["models"])
        count, limit = options["count"], not options["disable_change_limit"]
        told = telling(self.stdout.write, terminal=self.stdout.isatty(), count=count)
        try:
            with told_plainly(), told as progress:
                built = rebuild(kinds, progress=progress, limit_change=limit)
        except BuildRefused as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        for each in built:
            sizes = f": {each.count} documents, {each.before} before" if count else ""
            self.stdout.write(f"{each.kind.alias} is {each.index} now{sizes}")
