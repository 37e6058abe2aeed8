"""Logos of organizations, fetched from the addresses that a feed names."""

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from course_discovery.clients.errors import ClientError, Unreachable
from course_discovery.clients.feed import fetch_image
from course_discovery.clients.session import ServiceSession
from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Organization
from course_discovery.course_metadata.operations.organization import set_organization_logo
from course_discovery.course_metadata.operations.running import Refusal
from course_discovery.loaders.feed.lines import FeedLine
from course_discovery.loaders.report import SourceReport
from course_discovery.loaders.rows import guarded

logger = logging.getLogger(__name__)

_HOPELESS_AFTER = 3
_PART = "logo_image_url"


class LogoReader:
    """Fetches logos until their host proves to be away; a picture that is stored stays."""

    def __init__(self, session: ServiceSession) -> None:
        self._session = session
        self._unreachable = 0

    def load(self, partner: Partner, lines: Sequence[FeedLine], report: SourceReport) -> None:
        """Store the logos that these lines of organizations name, where they differ."""
        wanted = {fold(line.key): line for line in lines if _PART in line.values}
        rows = Organization.objects.filter(partner=partner, key_folded__in=list(wanted))
        for organization in list(rows):
            line = wanted[organization.key_folded]
            try:
                content = self._fetch(partner, line.values[_PART])
            except ClientError as error:
                report.refuse(f"{_PART}: {error}", key=line.key, line=line.number)
                continue
            write = partial(_store, organization, content)
            guarded(report, write, key=line.key, line=line.number, part=_PART)

    def _fetch(self, partner: Partner, url: str | None) -> bytes | None:
        if not url:
            return None
        if self._unreachable >= _HOPELESS_AFTER:
            raise Unreachable("GET", url, "not asked, others before it did not answer")
        try:
            content, _media_type = fetch_image(
                url, feed_url=partner.catalog_feed_url or "", session=self._session
            )
        except Unreachable:
            self._unreachable += 1
            raise
        self._unreachable = 0
        return content


def _store(organization: Organization, content: bytes | None, now: datetime) -> None:
    try:
        set_organization_logo(organization=organization, content=content, now=now)
    except OSError as error:
        logger.warning("the logo of %s could not be stored: %s", organization.key, error)
        reason = error.strerror or type(error).__name__
        raise Refusal(f"the picture cannot be stored: {reason}") from error
