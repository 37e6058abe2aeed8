"""Delete old search indexes."""

from typing import Any

from django.core.management.base import BaseCommand

from search.documents.kinds import KINDS
from search.indexing.retention import prune
from search.management.base import told_plainly


class Command(BaseCommand):
    """Keeps what is in use, what is being built, and some to go back to."""

    help = (
        "Delete old search indexes; the one in use and the newest "
        "ELASTICSEARCH_DSL_INDEX_RETENTION_LIMIT others stay."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and name what was deleted."""
        with told_plainly():
            deleted = prune(KINDS)
        for name in deleted:
            self.stdout.write(f"Deleted {name}")
        self.stdout.write(f"{len(deleted)} old indexes deleted")
