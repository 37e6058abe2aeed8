"""Seats of course runs from the course list of a shop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun, Seat
from course_discovery.course_metadata.operations.course_run_seats import (
    remove_course_run_seats,
    update_course_run_seats,
)
from course_discovery.course_metadata.operations.course_run_values import stored_course_runs
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.offer import fit_price
from course_discovery.course_metadata.operations.running import Outcome, Refusal
from course_discovery.course_metadata.operations.seat import SeatValues, seats_differ
from course_discovery.loaders.ecommerce_known import KnownOffers, obstacle_of
from course_discovery.loaders.ecommerce_rows import (
    BadProduct,
    name_of,
    read_product,
    read_run_key,
    seat_products,
)
from course_discovery.loaders.report import SourceReport
from course_discovery.loaders.rows import write_row

Identity = tuple[str, str, str]
"""Seat type in lower case, currency, credit provider: one seat of a run."""


@dataclass(frozen=True)
class _Run:
    key: str
    products: list[object]


class SeatList:
    """Takes the course list of a shop, page by page.

    A seat that the shop does not sell any more is only noted, until the whole shop was read. All
    seats of a run stay when one of its products cannot be taken: that may be the one that is
    missed. Where course teams work in a publisher, so do seats without SKU: the shop does not
    know them yet.
    """

    def __init__(self, partner: Partner, report: SourceReport, known: KnownOffers) -> None:
        self._partner = partner
        self._report = report
        self._known = known
        self._told: set[str] = set()
        self._stale: dict[str, list[int]] = {}

    def load(self, rows: Sequence[object]) -> None:
        """Compare a page with what is stored, and write what differs."""
        runs = [run for row in rows if (run := self._read(row))]
        stored = stored_course_runs(run.key for run in runs)
        for run in runs:
            self._load_run(run, stored.get(fold(run.key), []))

    def remove_stale(self) -> None:
        """Delete what the shop does not sell any more. Call it when the shop was read whole."""
        for key, seat_ids in self._stale.items():
            self._remove(key, seat_ids)

    def _read(self, row: object) -> _Run | None:
        key = ""
        try:
            key = read_run_key(row)
            return _Run(key, seat_products(row))
        except Refusal as error:
            self._report.refuse(str(error), key=key)
            return None

    def _load_run(self, run: _Run, rows: Sequence[CourseRun]) -> None:
        folded = fold(run.key)
        obstacle = obstacle_of(rows, self._partner)
        if obstacle is None and folded in self._told:
            obstacle = "the shop lists the run twice"
            self._stale.pop(folded, None)
        if obstacle is not None:
            self._report.refuse(obstacle, key=run.key)
            return
        self._told.add(folded)
        official = next((row for row in rows if not row.draft), rows[0])
        seats, whole = self._seats(run, official)
        written = self._apply(run.key, rows, list(seats.values()))
        stale = self._stale_seats(rows, seats)
        if whole and written and stale:
            self._stale[folded] = stale

    def _seats(self, run: _Run, row: CourseRun) -> tuple[dict[Identity, SeatValues], bool]:
        """What can be taken of the run's products, and whether that is all of them."""
        seats: dict[Identity, SeatValues] = {}
        whole = True
        for product in run.products:
            try:
                seat = self._seat(product, row)
                if seat is not None:
                    _add(seats, seat)
            except Refusal as error:
                self._report.refuse(f"{name_of(product)}: {error}", key=run.key)
                whole = False
        return seats, whole

    def _seat(self, row: object, run: CourseRun) -> SeatValues | None:
        """One product as a seat of the run; None for a copy. Raises Refusal."""
        product = read_product(row)
        if product is None:
            return None
        self._known.check_seat(product, run)
        seat: SeatValues = {
            "type": product.certificate_type,
            "price": fit_price(product.price),
            "currency": product.currency,
            "upgrade_deadline": product.expires,
            "never_expires": product.expires is None,
            "credit_provider": product.credit_provider,
            "credit_hours": product.credit_hours,
            "sku": product.sku,
        }
        fitting(Seat, {name: seat[name] for name in ("credit_provider", "sku")})
        return seat

    def _stale_seats(
        self, rows: Sequence[CourseRun], told: Mapping[Identity, SeatValues]
    ) -> list[int]:
        """Primary keys of the stored seats that the shop does not sell."""
        return [
            seat.pk
            for row in rows
            for seat in row.seats.all()
            if (fold(seat.type_id), seat.currency_id, seat.credit_provider) not in told
            and (seat.sku or not self._partner.publisher_url)
        ]

    def _apply(self, key: str, rows: Sequence[CourseRun], seats: Sequence[SeatValues]) -> bool:
        """Write what differs; whether the run has these seats now."""
        if not any(seats_differ(row, seats, end=row.end, keep_others=True) for row in rows):
            self._report.count(Outcome.UNCHANGED)
            return True
        outcome = write_row(
            self._report,
            lambda now: update_course_run_seats(
                partner=self._partner, key=key, seats=seats, now=now
            ),
            key=key,
        )
        return outcome is not None

    def _remove(self, key: str, seat_ids: Sequence[int]) -> None:
        write_row(
            self._report,
            lambda now: remove_course_run_seats(
                partner=self._partner, key=key, seat_ids=seat_ids, now=now
            ),
            key=key,
        )


def _add(seats: dict[Identity, SeatValues], seat: SeatValues) -> None:
    identity = seat["type"], seat.get("currency", ""), seat.get("credit_provider", "")
    if identity in seats:
        raise BadProduct(f"the run has a seat of type {seat['type']} already")
    seats[identity] = seat
