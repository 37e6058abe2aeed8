"""Seats from the course modes of an LMS."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from course_discovery.clients.course_mode import CourseMode
from course_discovery.clients.errors import (
    ClientError,
    Refused,
    ServerFault,
    Throttled,
    Unreachable,
)
from course_discovery.course_metadata.operations.offer import currency_codes, seat_types_by_mode
from course_discovery.course_metadata.operations.seat import SeatValues

_HOPELESS_AFTER = 3
_CENT = Decimal("0.01")
_TOO_MUCH = Decimal(10) ** 8
_FREE_AUDIT: SeatValues = {"type": "audit", "price": Decimal(0), "currency": "USD"}


class ModesClient(Protocol):
    """The part of `clients.lms.LmsClient` that modes are asked of."""

    def course_modes_of(
        self, run_keys: Iterable[str]
    ) -> Iterator[tuple[str, list[CourseMode] | ClientError]]:
        """The modes of each run, or what went wrong."""


@dataclass(frozen=True)
class ToldSeats:
    """The seats of one run, None when the LMS could not tell, and what could not be taken.

    `assumed` means that the LMS has no mode for the run, which to it is one free audit seat.
    """

    seats: list[SeatValues] | None
    remarks: list[str] = field(default_factory=list)
    assumed: bool = False


class SeatReader:
    """Asks for the modes of runs until the LMS proves unable to tell.

    `failure` is None, or the reason why it was given up after three failed answers in a row.
    """

    def __init__(self, client: ModesClient) -> None:
        self.failure: str | None = None
        self._client = client
        self._failed = 0
        self._answered = False
        self._seat_types = seat_types_by_mode()
        self._currencies = currency_codes()

    def seats_of(self, run_keys: Sequence[str]) -> dict[str, ToldSeats]:
        """The seats of these runs by key; runs that could not be asked for are left out."""
        told: dict[str, ToldSeats] = {}
        answers = self._client.course_modes_of(self._while_hopeful(run_keys))
        for key, answer in answers:
            if not isinstance(answer, ClientError):
                self._failed, self._answered = 0, True
                told[key] = self._seats(answer)
            elif self._is_general(answer):
                self._failed += 1
                if self._failed >= _HOPELESS_AFTER and self.failure is None:
                    self.failure = f"course modes: {answer}"
                elif self.failure is None:
                    told[key] = ToldSeats(None, [f"course modes: {answer}"])
            else:
                told[key] = ToldSeats(None, [f"course modes: {answer}"])
        return told

    def _while_hopeful(self, run_keys: Sequence[str]) -> Iterator[str]:
        for key in run_keys:
            if self.failure is not None:
                return
            yield key

    def _is_general(self, error: ClientError) -> bool:
        """Whether the next run would probably fare no better."""
        if not self._answered:
            return True
        refused = isinstance(error, Refused) and error.status in {401, 403}
        return refused or isinstance(error, Unreachable | Throttled | ServerFault)

    def _seats(self, modes: Sequence[CourseMode]) -> ToldSeats:
        if not modes:
            return ToldSeats([_FREE_AUDIT], assumed=True)
        seats: dict[str, SeatValues] = {}
        remarks = []
        for mode in modes:
            reason = self._obstacle(mode, seats)
            if reason:
                remarks.append(f"course mode {mode.slug}: {reason}")
                continue
            seat_type = self._seat_types[mode.slug.lower()]
            if seat_type is not None:
                seats[seat_type] = _seat(seat_type, mode)
        return ToldSeats(list(seats.values()), remarks)

    def _obstacle(self, mode: CourseMode, seats: dict[str, SeatValues]) -> str | None:
        """Why the mode cannot become a seat; None if it can, or needs none."""
        if mode.slug.lower() not in self._seat_types:
            return "the catalog knows no such mode"
        if self._seat_types[mode.slug.lower()] in seats:
            return "the run has a seat of that type already"
        if mode.currency not in self._currencies:
            return f"the catalog knows no currency {mode.currency}"
        if mode.price >= _TOO_MUCH or mode.price != mode.price.quantize(_CENT):
            return "the price is too large or too fine"
        return None


def _seat(seat_type: str, mode: CourseMode) -> SeatValues:
    """Nothing about credit providers and hours: modes do not know them."""
    return {
        "type": seat_type,
        "price": mode.price,
        "currency": mode.currency,
        "upgrade_deadline": mode.expiration,
        "sku": mode.sku,
        "bulk_sku": mode.bulk_sku,
    }
