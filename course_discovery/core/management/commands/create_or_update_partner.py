"""`create_or_update_partner`: a tenant, its site and its addresses."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from course_discovery.core.changes.recording import changing
from course_discovery.core.operations.partner import PartnerRefused, create_or_update_partner

# Emptied when they are left out, as deployment tooling expects.
_EMPTIED = {
    "courses_api_url": "root of the LMS course API, such as http://lms:8000/api/courses/v1/",
    "lms_coursemode_api_url": "root of the LMS course modes API; derived from --lms-url without it",
    "ecommerce_api_url": "root of the e-commerce API",
    "organizations_api_url": "root of the organizations API",
    "programs_api_url": "root of the programs API",
    "lms_url": "root of the LMS",
    "studio_url": "root of Studio",
    "publisher_url": "root of the publisher front end",
    "marketing_site_api_url": "root of the marketing site's API",
    "marketing_site_url_root": "root of the marketing site",
    "marketing_site_api_username": "user name for the marketing site's API",
    "marketing_site_api_password": "password for the marketing site's API",
}
# Left alone when they are left out.
_KEPT = {"catalog_feed_url": "address of a catalog feed (JSON Lines)"}


class Command(BaseCommand):
    """Create or update a partner and its site."""

    help = "Create or update a partner and its site. Repeating it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Every column of a partner as a flag."""
        parser.add_argument("--site-id", type=int, help="id of the site; else by its domain")
        parser.add_argument("--site-domain", required=True, help="host, with port if not 80 or 443")
        parser.add_argument("--code", required=True, help="short code, at most 8 characters")
        parser.add_argument("--name", required=True, help="name that people read")
        for name, text in _EMPTIED.items():
            parser.add_argument(_flag(name), default="", help=f"{text}; emptied when left out")
        for name, text in _KEPT.items():
            parser.add_argument(_flag(name), help=f"{text}; stays when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make one operation call and tell what it did."""
        values = {name: options[name] for name in _EMPTIED}
        values |= {name: options[name] for name in _KEPT if options[name] is not None}
        try:
            with changing(origin="command"):
                written = create_or_update_partner(
                    code=options["code"],
                    name=options["name"],
                    site_domain=options["site_domain"],
                    site_id=options["site_id"],
                    values=values,
                )
        except PartnerRefused as error:
            raise CommandError(str(error)) from None
        done = "created" if written.created else "updated" if written.changed else "unchanged"
        self.stdout.write(f"Partner {written.partner.short_code}: {done}.")


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"
