"""Build new search indexes and take them into use."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.indexing.building import rebuild
from search.management.base import add_build_options, kinds_of, told_plainly
from search.management.progress import tell_built, telling


class Command(BaseCommand):
    """Builds beside what is in use; a build that fails changes nothing that readers see."""

    help = "Build new search indexes, check them against the database and take them into use."

    def add_arguments(self, parser: CommandParser) -> None:
        """The options of a build."""
        add_build_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and tell what became of it."""
        kinds = kinds_of(options)
        count, limit = options["count"], not options["disable_change_limit"]
        told = telling(self.stdout.write, terminal=self.stdout.isatty(), count=count)
        with told_plainly(), told as progress:
            built = rebuild(kinds, progress=progress, limit_change=limit)
        tell_built(self.stdout.write, built, count=count)
