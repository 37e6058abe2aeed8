"""What seats and entitlements have in common: a seat type, a price, a currency."""

from decimal import Decimal

from course_discovery.core.models import Currency
from course_discovery.course_metadata.models import SeatType, Track
from course_discovery.course_metadata.operations.fitting import UnfitValue
from course_discovery.course_metadata.operations.running import Refusal

_CENT = Decimal("0.01")
_TOO_MUCH = Decimal(10) ** 8


class UnknownSeatType(Refusal):
    """A slug that no seat type has."""


class UnknownCurrency(Refusal):
    """A code that is not among the catalog's currencies."""


def seat_type_named(slug: str) -> SeatType:
    """The seat type with this slug. Raises UnknownSeatType."""
    found = SeatType.objects.filter(slug__iexact=slug).first()
    if found is None:
        raise UnknownSeatType(f"there is no seat type {slug}")
    return found


def check_currency(code: str) -> str:
    """The code, if the catalog knows it. Raises UnknownCurrency."""
    if not Currency.objects.filter(code=code).exists():
        raise UnknownCurrency(f"there is no currency {code}")
    return code


def fit_price(price: Decimal) -> Decimal:
    """The price in whole hundredths. Raises UnfitValue for one that the column cannot hold."""
    if not price.is_finite() or not 0 <= price < _TOO_MUCH:
        raise UnfitValue("price", "not between 0 and 99999999.99")
    rounded = price.quantize(_CENT)
    if rounded != price:
        raise UnfitValue("price", "has more than two decimal places")
    return rounded


def seat_type_slugs() -> set[str]:
    """The slugs of all seat types, in lower case."""
    return {slug.lower() for slug in SeatType.objects.values_list("slug", flat=True)}


def seat_types_by_mode() -> dict[str, str | None]:
    """Seat type slug by the slug of each mode, in lower case; None = it is sold as nothing.

    A seat type without a mode stands for the mode of the same name.
    """
    found: dict[str, str | None] = {slug: slug for slug in seat_type_slugs()}
    tracks = Track.objects.order_by("-pk").values_list("mode__slug", "seat_type__slug")
    return found | {mode.lower(): seat_type for mode, seat_type in tracks}


def currency_codes() -> set[str]:
    """The codes of the catalog's currencies."""
    return set(Currency.objects.values_list("code", flat=True))
