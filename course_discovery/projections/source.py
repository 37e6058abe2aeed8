"""Product sources as readers see them."""

from collections.abc import Collection
from typing import Any

from course_discovery.course_metadata.models import Source
from course_discovery.projections.rows import rows_by_pk


def render_sources(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """Sources by primary key; one query."""
    return rows_by_pk(Source, pks, "name", "slug", "description")
