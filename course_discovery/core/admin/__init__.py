"""Users, partners and currencies in the admin."""

from course_discovery.core.admin import currency, partner, user, user_throttle_rate

__all__ = ["currency", "partner", "user", "user_throttle_rate"]
