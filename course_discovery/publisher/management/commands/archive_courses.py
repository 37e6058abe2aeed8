"""`archive_courses`: take courses out of the catalog for good."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from course_discovery.core.changes import background
from course_discovery.core.changes.recording import changing
from course_discovery.course_metadata.models import Course, CourseType
from course_discovery.course_metadata.operations.running import Outcome, Refusal
from course_discovery.publisher.mails.reports import mail_report
from course_discovery.publisher.operations.archiving import archive


class Command(BaseCommand):
    """Unpublish all runs of courses and let their providers' side say that they are archived."""

    help = (
        "Archive courses: all courses of a type, or those named. A course that fails does not keep "
        "the others back; then it ends with 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which courses, and how much of them."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--type", help="slug of a course type")
        which.add_argument("--course-uuids", nargs="+", type=UUID, metavar="UUID")
        parser.add_argument("--mangle-end-date", action="store_true", help="end their runs now")
        parser.add_argument(
            "--mangle-title", action="store_true", help="let the titles say that they are deleted"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would be archived")

    def handle(self, *args: Any, **options: Any) -> None:
        """Archive course by course, and tell what became of each."""
        now = timezone.now()
        failed, lines = 0, list[str]()
        for course in self._courses(options["type"], options["course_uuids"]):
            if options["dry_run"]:
                self.stdout.write(f"{course.key} would be archived.")
                continue
            try:
                with changing(origin="command"):
                    outcome = archive(
                        course=course,
                        mangle_end_date=options["mangle_end_date"],
                        mangle_title=options["mangle_title"],
                        now=now,
                    )
            except (Refusal, DatabaseError) as error:
                lines.append(f"{course.key} was not archived: {error}")
                self.stderr.write(lines[-1])
                failed += 1
            else:
                was = "was archived before" if outcome is Outcome.UNCHANGED else "is archived"
                lines.append(f"{course.key} {was}.")
                self.stdout.write(lines[-1])
        background.finish()
        mail_report(
            subject="Courses that were archived",
            lines=lines,
            recipients=settings.COURSE_ARCHIVAL_MAIL_RECIPIENTS,
        )
        if failed:
            raise CommandError(f"{failed} courses could not be archived.")

    def _courses(self, slug: str | None, uuids: Iterable[UUID] | None) -> list[Course]:
        """One row of each course. Raises CommandError for a type or a course that is not there."""
        rows = Course.everything.order_by("key_folded", "draft").select_related("partner")
        if slug is not None:
            if not CourseType.objects.filter(slug__iexact=slug).exists():
                raise CommandError(f"There is no course type {slug}.")
            rows = rows.filter(type__slug__iexact=slug)
        else:
            rows = rows.filter(uuid__in=uuids or ())
        found = {(row.partner_id, row.uuid): row for row in rows}
        missing = set(uuids or ()) - {uuid for _partner, uuid in found}
        if missing:
            raise CommandError(f"There is no course {sorted(map(str, missing))[0]}.")
        return list(found.values())
