"""Seats, entitlements and enrollment codes of a shop, which is their source of record.

Stage 2, after the LMS, which brings the courses and runs. What the shop does not sell any more is
deleted only when all of its lists were read whole; and only then are types inferred, because a type
is never taken back.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Protocol

from course_discovery.clients.ecommerce import EcommerceClient
from course_discovery.clients.ecommerce_listing import EcommerceListing
from course_discovery.clients.errors import ClientError, ShortFetch
from course_discovery.core.models import Partner
from course_discovery.loaders.connection import platform_connection
from course_discovery.loaders.ecommerce_codes import CodeList
from course_discovery.loaders.ecommerce_entitlements import EntitlementList
from course_discovery.loaders.ecommerce_known import read_known_offers
from course_discovery.loaders.ecommerce_seats import SeatList
from course_discovery.loaders.loader import Progress
from course_discovery.loaders.report import SourceReport
from course_discovery.loaders.types import infer_types

EMPTY_SHOP = "the shop lists no course: it may be another one's, nothing is deleted"
Connect = Callable[[Partner], AbstractContextManager[EcommerceClient]]


class Taker(Protocol):
    """Takes the rows of one list."""

    def load(self, rows: list[object]) -> None:
        """A page of it."""


@contextmanager
def connect_ecommerce(partner: Partner) -> Iterator[EcommerceClient]:
    """A client of the partner's shop, with the credentials of the settings."""
    with platform_connection() as (session, tokens):
        yield EcommerceClient(partner.ecommerce_api_url or "", session=session, tokens=tokens)


class EcommerceLoader:
    """Stage 2: what the shop of the platform sells."""

    name = "ecommerce"
    stage = 2
    origin = "ecommerce"

    def __init__(self, connect: Connect = connect_ecommerce) -> None:
        self._connect = connect

    def configured(self, partner: Partner) -> bool:
        """Whether the partner has a shop."""
        return bool(partner.ecommerce_api_url)

    def load(
        self, partner: Partner, report: SourceReport, now: datetime, progress: Progress
    ) -> None:
        """See `loader.Loader`."""
        with self._connect(partner) as client:
            _Load(partner, client, report, progress).run()


class _Load:
    """One load of one shop."""

    def __init__(
        self,
        partner: Partner,
        client: EcommerceClient,
        report: SourceReport,
        progress: Progress,
    ) -> None:
        known = read_known_offers()
        self._partner = partner
        self._report = report
        self._progress = progress
        self._announced = 0
        self._seats = SeatList(partner, report, known)
        self._entitlements = EntitlementList(partner, report, known)
        self._courses_listing = client.courses()
        self._entitlements_listing = client.entitlements()
        self._codes_listing = client.enrollment_codes()

    def run(self) -> None:
        """Raises the ClientError that ended a list too early, after all else is done."""
        error = self._load_lists()
        if error is None:
            self._remove_stale()
        if self._courses_listing.complete and self._entitlements_listing.complete:
            infer_types(self._partner, self._report)
        if error is not None:
            raise error

    def _load_lists(self) -> ClientError | None:
        """Load all lists; the first error. A shop that does not answer is not asked again."""
        error: ClientError | None = None
        lists: tuple[tuple[EcommerceListing, Taker], ...] = (
            (self._courses_listing, self._seats),
            (self._entitlements_listing, self._entitlements),
            (self._codes_listing, CodeList(self._partner, self._report)),
        )
        for listing, taker in lists:
            try:
                self._load_list(listing, taker)
            except ShortFetch as caught:
                error = error or caught
            except ClientError as caught:
                return error or caught
        return error

    def _load_list(self, listing: EcommerceListing, taker: Taker) -> None:
        before = self._announced
        for page in listing:
            self._announced = before + page.count
            self._report.see(len(page.rows))
            taker.load(page.rows)
            self._progress(self._report.row.seen, self._announced)

    def _remove_stale(self) -> None:
        if self._courses_listing.seen:
            self._seats.remove_stale()
            self._entitlements.remove_stale()
        elif self._entitlements.unsold:
            self._report.refuse(EMPTY_SHOP)
