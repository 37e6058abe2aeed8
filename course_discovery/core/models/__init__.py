"""Users, partners and currencies: what every other app stands on."""

from course_discovery.core.models.currency import Currency
from course_discovery.core.models.partner import Partner
from course_discovery.core.models.user import User

__all__ = ["Currency", "Partner", "User"]
