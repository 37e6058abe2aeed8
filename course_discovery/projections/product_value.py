"""The value of products within a year as readers see it."""

from collections.abc import Collection
from typing import Any

from course_discovery.course_metadata.models import ProductValue
from course_discovery.projections.rows import rows_by_pk

_KEYS = ("per_click_international", "per_click_usa", "per_lead_international", "per_lead_usa")


def render_product_values(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """Values by primary key; one query."""
    return rows_by_pk(ProductValue, pks, *_KEYS)
