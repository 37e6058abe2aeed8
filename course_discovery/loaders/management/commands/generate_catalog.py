"""`generate_catalog`: a reference catalog for benchmarks and tests."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from course_discovery.core.changes import background
from course_discovery.core.models import Partner
from course_discovery.core.operations.partner import PartnerRefused, create_or_update_partner
from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.operations.bulk import BulkRefused, insert_rows, tell_rebuilt
from course_discovery.loaders.reference_catalog.catalog import reference_rows
from course_discovery.loaders.reference_catalog.size import SIZES


class Command(BaseCommand):
    """Fill a partner's empty catalog with generated courses, runs, programs, people ..."""

    help = "Generate a reference catalog of a known size; the same seed gives the same catalog."

    def add_arguments(self, parser: CommandParser) -> None:
        """How large, from which seed, whose."""
        parser.add_argument("--size", choices=SIZES, default="S", help="S, M or L")
        parser.add_argument("--seed", type=int, default=1, help="another one, another catalog")
        parser.add_argument("--partner_code", default="gen", help="short code; made if new")
        parser.add_argument(
            "--now", help="the moment that dates lie around (ISO 8601); today's midnight by default"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Insert the rows and leave one entry in the change log.

        Raises CommandError for a catalog that was generated before, and for a bad moment.
        """
        now, partner = _moment(options["now"]), _partner(options["partner_code"])
        if Organization.objects.filter(partner=partner, key__startswith="Gen").exists():
            raise CommandError(f"The partner {partner.short_code} has a generated catalog already.")
        rows = reference_rows(
            partner,
            SIZES[options["size"]],
            seed=options["seed"],
            now=now,
            tell=lambda part: self.stdout.write(f"Generating {part}"),
        )
        try:
            count = insert_rows(rows=rows)
        except BulkRefused as error:
            raise CommandError(str(error)) from None
        tell_rebuilt()
        self.stdout.write(f"{count} rows.")
        background.finish()


def _moment(text: str | None) -> datetime:
    if text is None:
        return timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--now: {error}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _partner(code: str) -> Partner:
    found = Partner.objects.filter(short_code__iexact=code).first()
    if found:
        return found
    try:
        return create_or_update_partner(
            code=code,
            name=f"Generated {code}",
            site_domain=f"{code}.example.com",
            values={"marketing_site_url_root": "https://www.example.com/"},
        ).partner
    except PartnerRefused as error:
        raise CommandError(str(error)) from None
