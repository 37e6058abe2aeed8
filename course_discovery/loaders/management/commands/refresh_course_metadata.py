"""`refresh_course_metadata`: fill the catalog from the sources of its partners."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from course_discovery.core.changes import background
from course_discovery.core.models import Partner
from course_discovery.loaders.console import LoadConsole
from course_discovery.loaders.pipeline import load_partner
from course_discovery.loaders.registry import all_loaders, known_stages
from course_discovery.loaders.verdict import verdict


class Command(BaseCommand):
    """Load courses, runs, seats and texts from every source that a partner has."""

    help = (
        "Load the sources of all partners, or of one. Ends with 0 when all was read, "
        "1 when a source was unreachable or short, 2 with --strict when rows were refused. "
        "It may be killed at any moment and run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which partner, which loaders, how strict."""
        parser.add_argument("--partner_code", help="short code of one partner; all without it")
        parser.add_argument("--data_loader_stage", type=int, help="run the loaders of one stage")
        parser.add_argument(
            "--strict", action="store_true", help="end with 2 when rows were refused"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the loaders partner by partner and print the reports."""
        partners = wanted_partners(options["partner_code"])
        loaders = all_loaders()
        stage = options["data_loader_stage"]
        if stage is not None:
            if stage not in known_stages():
                stages = ", ".join(map(str, sorted(known_stages())))
                raise CommandError(f"There is no stage {stage}; stages are {stages}.")
            loaders = [loader for loader in loaders if loader.stage == stage]
        console = LoadConsole(self.stdout)
        codes = []
        for partner in partners:
            load_run = load_partner(
                partner=partner,
                loaders=loaders,
                watcher=console,
                clock=timezone.now,
                strict=options["strict"],
            )
            console.summary(load_run)
            codes.append(load_run.exit_code or 0)
        background.finish()
        verdict(codes)


def wanted_partners(code: str | None) -> list[Partner]:
    """The partner with this short code, or all. Raises CommandError for none."""
    partners = Partner.objects.all()
    if code is not None:
        partners = partners.filter(short_code__iexact=code.strip())
    found = list(partners)
    if not found:
        raise CommandError(
            f"There is no partner {code}." if code is not None else "There are no partners."
        )
    return found
