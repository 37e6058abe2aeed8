"""`migrate_course_slugs`: move the addresses of courses to their subdirectories."""

from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from course_discovery.core.changes import background
from course_discovery.core.changes.recording import changing
from course_discovery.course_metadata.models import Course
from course_discovery.course_metadata.operations.course_url_slug import active_url_slug
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.publisher.mails.reports import mail_report
from course_discovery.publisher.operations.course_subdirectory import (
    move_into_subdirectory,
    subdirectory_slug,
)
from course_discovery.publisher.queries.course_addresses import courses_to_move


class Command(BaseCommand):
    """Move address after address; the old ones of official courses lead to the new ones."""

    help = (
        "Move the addresses of courses to subdirectories, for the kinds of courses for which these "
        "are switched on. A course that cannot be moved does not keep the others back; then it "
        "ends with 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which courses, and whether to write."""
        parser.add_argument("--course-uuids", "--course_uuids", nargs="+", type=UUID, default=[])
        parser.add_argument("--course-type", "--course_type", help="slug of a course type")
        parser.add_argument("--product-source", "--product_source", help="slug of a source")
        parser.add_argument("--limit", type=int, help="move so many at most")
        parser.add_argument(
            "--dry-run", "--dry_run", action="store_true", help="tell what would be moved"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Move course by course, and tell from where to where."""
        now, dry_run, limit = timezone.now(), options["dry_run"], options["limit"]
        if limit is not None and limit < 1:
            raise CommandError("--limit is at least 1.")
        moved, failed, lines = 0, 0, list[str]()
        for course in self._courses(options):
            if moved == limit:
                break
            try:
                old, new = active_url_slug(course), self._move(course, now, dry_run)
            except (Refusal, DatabaseError) as error:
                lines.append(f"{course.key}: not moved: {error}")
                self.stderr.write(lines[-1])
                failed += 1
            else:
                if new is not None:
                    moved += 1
                    lines.append(f"{course.key}: {old} -> {new}")
                    self.stdout.write(lines[-1])
        background.finish()
        if not dry_run:
            mail_report(
                subject="Addresses of courses that were moved",
                lines=lines,
                recipients=settings.NOTIFY_SLUG_UPDATE_RECIPIENTS,
            )
        self.stdout.write(f"{moved} {'would be moved' if dry_run else 'moved'}, {failed} failed.")
        if failed:
            raise CommandError(f"{failed} courses could not be moved.")

    def _courses(self, options: dict[str, Any]) -> Iterable[Course]:
        uuids = set(options["course_uuids"])
        missing = uuids - set(
            Course.everything.filter(uuid__in=uuids).values_list("uuid", flat=True)
        )
        if missing:
            raise CommandError(f"There is no course {sorted(map(str, missing))[0]}.")
        return courses_to_move(
            uuids=uuids, course_type=options["course_type"], source=options["product_source"]
        )

    @staticmethod
    def _move(course: Course, now: datetime, dry_run: bool) -> str | None:
        if dry_run:
            return subdirectory_slug(course)
        with changing(origin="command"):
            return move_into_subdirectory(course=course, now=now)
