"""Create the search indexes that do not exist."""

from typing import Any

from django.core.management.base import BaseCommand

from search.documents.kinds import KINDS
from search.indexing.building import create_missing
from search.management.base import told_plainly


class Command(BaseCommand):
    """Empty indexes answer searches with nothing found; `update_index` fills them."""

    help = "Create an empty search index with its alias wherever there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create, and name what was created."""
        with told_plainly():
            created = create_missing(KINDS)
        for name in created:
            self.stdout.write(f"Created {name}")
        if not created:
            self.stdout.write("All search indexes exist")
