"""Users as course teams see each other."""

from collections.abc import Collection, Mapping
from typing import Any

from course_discovery.core.models import User

COLUMNS = ("id", "username", "full_name", "first_name", "last_name", "email")


def group_user(row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """A user of whom `row` has these columns, each behind the prefix."""
    # As `User.get_full_name` has it; the user name stands in for people without one.
    given = f"{row[f'{prefix}first_name']} {row[f'{prefix}last_name']}".strip()
    return {
        "id": row[f"{prefix}id"],
        "full_name": row[f"{prefix}full_name"] or given or row[f"{prefix}username"],
        "email": row[f"{prefix}email"],
    }


def render_users(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """Users by primary key; one query."""
    rows = User.objects.filter(pk__in=pks).values(*COLUMNS)
    return {row["id"]: group_user(row) for row in rows}
