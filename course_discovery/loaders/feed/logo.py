"""Logos of organizations, fetched from the addresses that a feed names."""

from collections.abc import Sequence

from course_discovery.clients.errors import ClientError, Unreachable
from course_discovery.clients.feed import fetch_image
from course_discovery.clients.session import ServiceSession
from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.operations.organization import set_organization_logo
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.loaders.feed.lines import FeedLine
from course_discovery.loaders.pace import write_turn
from course_discovery.loaders.report import SourceReport

_HOPELESS_AFTER = 3


class LogoReader:
    """Fetches logos until their host proves to be away; a picture that is stored stays."""

    def __init__(self, session: ServiceSession) -> None:
        self._session = session
        self._unreachable = 0

    def load(self, partner: Partner, lines: Sequence[FeedLine], report: SourceReport) -> None:
        """Store the logos that these lines of organizations name, where they differ."""
        wanted = {fold(line.key): line for line in lines if "logo_image_url" in line.values}
        rows = Organization.objects.filter(partner=partner, key_folded__in=list(wanted))
        for organization in list(rows):
            line = wanted[organization.key_folded]
            try:
                content = self._fetch(line.values["logo_image_url"])
                with write_turn():
                    set_organization_logo(
                        organization=organization, content=content, now=report.clock()
                    )
            except (ClientError, Refusal) as error:
                report.refuse(f"logo_image_url: {error}", key=line.key, line=line.number)

    def _fetch(self, url: str | None) -> bytes | None:
        if not url:
            return None
        if self._unreachable >= _HOPELESS_AFTER:
            raise Unreachable("GET", url, "not asked, others before it did not answer")
        try:
            content, _media_type = fetch_image(url, session=self._session)
        except Unreachable:
            self._unreachable += 1
            raise
        self._unreachable = 0
        return content
