"""A machine of its own: a database file, an index, and processes that work on them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_SETUP = """
import io, json, os, signal, sys, time
import django
from django.conf import settings
django.setup()
settings.ELASTICSEARCH_INDEX_NAMES = json.loads(os.environ["INDEX_NAMES"])
settings.ELASTICSEARCH_DSL_INDEX_SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0}
from django.core.management import call_command
"""
ROOT = Path(__file__).resolve().parents[2]
# What processes are given to run, after the set-up.
MAKE_COURSE = """
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseType
from django.contrib.sites.models import Site
partner = Partner.objects.get_or_create(short_code="edx", defaults={"site": Site.objects.get()})[0]
def make_course(key, title="A course"):
    return Course.everything.create(
        key=key, title=title, partner=partner, type=CourseType.objects.get(slug="audit"))
"""
UPDATE_INDEX = "\ncall_command('update_index', '--disable-change-limit', stdout=io.StringIO())\n"
KILL = "os.kill(os.getpid(), signal.SIGKILL)"


class Machine:
    """Runs Python with Django set up, in processes of their own."""

    def __init__(self, folder: Path, index_names: str, search_url: str) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "course_discovery.settings.local",
            "DATABASE_URL": f"sqlite:///{folder / 'catalog.sqlite3'}",
            "SEARCH_FILE": str(folder / "search.sqlite3"),
            "SEARCH_URL": search_url,
            "SECRET_KEY": "only-for-tests",
            "INDEX_NAMES": index_names,
            "PYTHONPATH": str(ROOT),
        }

    def start(self, code: str) -> "subprocess.Popen[str]":
        """Begin to run code."""
        return subprocess.Popen(
            [sys.executable, "-c", _SETUP + code],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str, *, status: int = 0) -> str:
        """Run code; answers what it wrote, and fails unless it ended with `status`."""
        with self.start(code) as process:
            out, errors = process.communicate(timeout=120)
        assert process.returncode == status, errors
        return out.strip()


def eventually(holds: Callable[[], bool], *, seconds: float) -> float:
    """Wait until something holds; answers how long it took, and fails after `seconds`."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < seconds, "it never came true"
        time.sleep(0.02)
    return time.monotonic() - started
