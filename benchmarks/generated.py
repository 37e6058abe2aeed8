"""The generated catalog that benchmarks measure, in the database of `DATABASE_URL`.

Importing this module sets Django up.
"""

import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "course_discovery.settings.local")

import django

django.setup()

from course_discovery.course_metadata.models import Organization  # noqa: E402
from search.documents.kinds import KINDS  # noqa: E402
from search.indexing.names import in_use  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PARTNER = "gen"
HOST = f"{PARTNER}.example.com"


def prepare(size: str) -> None:
    """Migrate the database, and give it a catalog of the size if it has none.

    Done by other processes, whose memory is theirs.
    """
    manage("migrate", "-v0")
    if not Organization.objects.filter(partner__short_code=PARTNER).exists():
        manage("generate_catalog", "--size", size, "--partner_code", PARTNER)


def prepare_indexes() -> None:
    """Build the indexes if there are none."""
    if not all(in_use(kind.alias) for kind in KINDS):
        manage("update_index", "--disable-change-limit")


def manage(*arguments: str) -> None:
    """Run a management command in a process of its own."""
    subprocess.run([sys.executable, str(ROOT / "manage.py"), *arguments], check=True)
