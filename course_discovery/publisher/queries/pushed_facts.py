"""What other services are told, as plain values: nothing here needs a row that is written."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class PushedRun:
    """A run as Studio is told of it. Moments are aware; `team` are user names.

    `taught_elsewhere`: a run of an external course, whose dates are not set in Studio.
    """

    key: str
    title: str
    team: tuple[str, ...]
    pacing_type: str | None
    start: datetime | None
    end: datetime | None
    enrollment_start: datetime | None = None
    enrollment_end: datetime | None = None
    taught_elsewhere: bool = False


class SeatIdentity(NamedTuple):
    """Which seat of a run."""

    type: str
    currency: str
    credit_provider: str


@dataclass(frozen=True, kw_only=True)
class PushedSeat:
    """A seat as a shop is told of it; the certificate and the check of identity are its mode's."""

    identity: SeatIdentity
    price: Decimal
    certificate_type: str
    id_verified: bool
    upgrade_deadline: datetime | None = None
    sku: str | None = None
    variant_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class PushedEntitlement:
    """An entitlement of the run's course, by the slug of its seat type."""

    mode: str
    price: Decimal
    variant_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class PushedPublication:
    """A run with everything that it is sold as."""

    run_key: str
    course_uuid: UUID
    name: str
    end: datetime | None
    seats: tuple[PushedSeat, ...] = ()
    entitlements: tuple[PushedEntitlement, ...] = ()


@dataclass(frozen=True)
class PushedSkus:
    """The SKUs that a shop gave, by seat and by the mode of an entitlement; none if it gave other
    products than it was told of."""

    seats: dict[SeatIdentity, str]
    entitlements: dict[str, str]


class PushedMode(NamedTuple):
    """A mode of a run that no shop sells."""

    slug: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PushedOrganization:
    """An organization as an LMS is told of it; `logo_url` is one of a certificate's logo."""

    key: str
    name: str
    description: str | None
    logo_url: str | None = None
