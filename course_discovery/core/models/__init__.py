"""Users, partners and currencies: what every other app stands on."""

from course_discovery.core.models.currency import Currency
from course_discovery.core.models.partner import Partner
from course_discovery.core.models.user import User
from course_discovery.core.models.user_throttle_rate import UserThrottleRate

__all__ = ["Currency", "Partner", "User", "UserThrottleRate"]
