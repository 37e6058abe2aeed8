"""Go back to the search indexes that were in use before."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.indexing.checking import check
from search.indexing.rolling_back import NothingToGoBackTo, roll_back
from search.management.base import add_models, kinds_of, told_plainly


class Command(BaseCommand):
    """For an index that turned out to be wrong; `update_index` goes forward again."""

    help = (
        "Let the aliases lead to the newest kept indexes that are older than those in use, all at "
        "once, and then write into them what has changed since."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to bring back, and whether as it is."""
        add_models(parser)
        parser.add_argument(
            "--as-it-is",
            action="store_true",
            help="leave the documents as they were, until they change",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Move the aliases, bring the documents up to date, and tell."""
        kinds = kinds_of(options)
        try:
            with told_plainly():
                for each in roll_back(kinds):
                    self.stdout.write(f"{each.kind.alias} is {each.index} again, not {each.before}")
        except NothingToGoBackTo as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        if options["as_it_is"]:
            return
        with told_plainly():
            checked = check(kinds, repair=True, tell=lambda _: None)
        for found in checked:
            self.stdout.write(f"{found.index}: {found.repaired} documents brought up to date")
        if any(found.differing != found.repaired for found in checked):
            raise CommandError("some documents still differ; check_index tells which")
