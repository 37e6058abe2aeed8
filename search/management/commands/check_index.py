"""Compare the search indexes with the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.indexing.checking import Checked, Difference, check
from search.management.base import add_models, kinds_of, told_plainly


class Command(BaseCommand):
    """Ends with 0 when the indexes are right, or have been repaired; with 1 when they differ."""

    help = (
        "Compare the search indexes in use with the database (number, ids and content of all "
        "documents), tell what differs, and with --repair write just that."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to compare, and whether to repair."""
        add_models(parser)
        parser.add_argument("--repair", action="store_true", help="write what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and tell."""
        with told_plainly():
            checked = check(kinds_of(options), repair=options["repair"], tell=self._tell)
        for each in checked:
            self._sum_up(each)
        wrong = [each for each in checked if not each.is_right]
        if wrong:
            differing = sum(each.differing - each.repaired for each in wrong)
            raise CommandError(f"{len(wrong)} indexes differ, in {differing} documents")

    def _tell(self, difference: Difference) -> None:
        self.stdout.write(f"{difference.kind.alias} {difference.uuid}: {difference.how}")

    def _sum_up(self, checked: Checked) -> None:
        sizes = f"{checked.index}: {checked.documents} documents, {checked.rows} rows"
        found = f"{checked.differing} differed, {checked.repaired} repaired"
        self.stdout.write(f"{sizes}, {found}" if checked.differing else f"{sizes}, no difference")
        if checked.outdated:
            self.stdout.write(
                f"{checked.index} was built for documents of another make: update_index mends that"
            )
        for uuid, reason in checked.refused.items():
            self.stderr.write(f"{checked.index} takes no {uuid}: {reason}")
