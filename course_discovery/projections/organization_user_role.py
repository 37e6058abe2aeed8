"""Roles of persons for organizations as readers see them."""

from collections.abc import Collection
from typing import Any

from course_discovery.projections.group_user import COLUMNS, group_user
from course_discovery.publisher.models import OrganizationUserRole


def render_organization_user_roles(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """Roles by primary key; one query."""
    rows = OrganizationUserRole.objects.filter(pk__in=pks)
    return {
        row["pk"]: {"id": row["pk"], "user": group_user(row, "user__"), "role": row["role"]}
        for row in rows.values("pk", "role", *(f"user__{name}" for name in COLUMNS))
    }
