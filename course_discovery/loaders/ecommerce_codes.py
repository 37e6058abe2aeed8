"""Bulk SKUs of seats from the enrollment codes of a shop."""

from collections.abc import Sequence
from dataclasses import dataclass

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import CourseRun, Seat
from course_discovery.course_metadata.operations.course_run_seats import update_bulk_sku
from course_discovery.course_metadata.operations.course_run_values import stored_course_runs
from course_discovery.course_metadata.operations.running import Outcome, Refusal
from course_discovery.loaders.ecommerce_known import obstacle_of
from course_discovery.loaders.ecommerce_rows import BadProduct, name_of, read_code, read_sku
from course_discovery.loaders.report import SourceReport
from course_discovery.loaders.rows import write_row


@dataclass(frozen=True)
class _Code:
    key: str
    seat_type: str
    sku: str
    name: str


class CodeList:
    """Takes the list of enrollment codes, page by page. A code that is gone takes nothing away."""

    def __init__(self, partner: Partner, report: SourceReport) -> None:
        self._partner = partner
        self._report = report
        self._told: set[tuple[str, str]] = set()

    def load(self, rows: Sequence[object]) -> None:
        """Compare a page with what is stored, and write what differs."""
        codes = [code for row in rows if (code := self._read(row))]
        stored = stored_course_runs(code.key for code in codes)
        for code in codes:
            try:
                self._load_code(code, stored.get(fold(code.key), []))
            except Refusal as error:
                self._report.refuse(f"{code.name}: {error}", key=code.key)

    def _read(self, row: object) -> _Code | None:
        try:
            sku = read_sku(row)
            return None if sku is None else _Code(*read_code(row), sku, name_of(row))
        except Refusal as error:
            self._report.refuse(f"{name_of(row)}: {error}")
            return None

    def _load_code(self, code: _Code, rows: Sequence[CourseRun]) -> None:
        seats = self._seats(code, rows)
        if all(seat.bulk_sku == code.sku for seat in seats):
            self._report.count(Outcome.UNCHANGED)
            return
        write_row(
            self._report,
            lambda now: update_bulk_sku(
                partner=self._partner,
                key=code.key,
                seat_type=code.seat_type,
                bulk_sku=code.sku,
                now=now,
            ),
            key=code.key,
        )

    def _seats(self, code: _Code, rows: Sequence[CourseRun]) -> list[Seat]:
        """The stored seats that the code is for. Raises BadProduct for none, or told before."""
        obstacle = obstacle_of(rows, self._partner)
        if obstacle is not None:
            raise BadProduct(obstacle)
        seats = [
            seat for row in rows for seat in row.seats.all() if fold(seat.type_id) == code.seat_type
        ]
        if not seats:
            raise BadProduct(f"the run has no seat of type {code.seat_type}")
        told = (fold(code.key), code.seat_type)
        if told in self._told:
            raise BadProduct(f"the run has a code for its seat of type {code.seat_type} already")
        self._told.add(told)
        return seats
