"""What of the catalog the products of a shop are checked against."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Course, CourseRun
from course_discovery.course_metadata.operations.course_type import read_type_table
from course_discovery.course_metadata.operations.offer import (
    UnknownCurrency,
    UnknownSeatType,
    currency_codes,
    seat_type_slugs,
)
from course_discovery.loaders.ecommerce_rows import BadProduct, Product


@dataclass(frozen=True)
class KnownOffers:
    """Seat types, currencies, and what runs and courses of a type are sold as, by its key.

    Seat types in lower case. The empty types are left out: they allow everything.
    """

    seat_types: Set[str]
    currencies: Set[str]
    of_run_type: Mapping[int, Set[str]]
    of_course_type: Mapping[int, Set[str]]

    def check(self, product: Product) -> None:
        """Raises UnknownSeatType, UnknownCurrency."""
        if product.certificate_type not in self.seat_types:
            raise UnknownSeatType(f"there is no seat type {product.certificate_type}")
        if product.currency not in self.currencies:
            raise UnknownCurrency(f"there is no currency {product.currency}")

    def check_seat(self, product: Product, run: CourseRun) -> None:
        """Raises what `check` does, BadProduct for a seat that runs of this type do not have."""
        self.check(product)
        allowed = self.of_run_type.get(run.type_id)
        if allowed is not None and product.certificate_type not in allowed:
            raise BadProduct(
                f"runs of the type {run.type.slug} have no seat of type {product.certificate_type}"
            )

    def check_entitlement(self, product: Product, course: Course) -> None:
        """Raises what `check` does, BadProduct for what courses of this type are not sold as."""
        self.check(product)
        allowed = self.of_course_type.get(course.type_id)
        if allowed is not None and product.certificate_type not in allowed:
            raise BadProduct(
                f"courses of the type {course.type.slug} have no entitlement of type "
                f"{product.certificate_type}"
            )


def obstacle_of(rows: Sequence[CourseRun], partner: Partner) -> str | None:
    """Why the partner's shop can tell nothing of the run with these rows; None if it can."""
    if not rows:
        return "there is no such course run"
    if rows[0].course.partner_id != partner.pk:
        return "another partner has a run with this key"
    return None


def read_known_offers() -> KnownOffers:
    """As the catalog is now; a handful of queries."""
    types = read_type_table()
    return KnownOffers(
        seat_types=seat_type_slugs(),
        currencies=currency_codes(),
        of_run_type={
            each.row.pk: {seat.lower() for seat in each.seats if seat} for each in types.run_types
        },
        of_course_type={
            each.row.pk: {mode.lower() for mode in each.entitlements} for each in types.course_types
        },
    )
