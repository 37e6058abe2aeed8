"""Lead forms as readers see them."""

from collections.abc import Collection
from typing import Any

from course_discovery.course_metadata.models import TaxiForm
from course_discovery.projections.rows import rows_by_pk

_KEYS = ("form_id", "grouping", "title", "subtitle", "post_submit_url")


def render_taxi_forms(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """Lead forms by primary key; one query."""
    return rows_by_pk(TaxiForm, pks, *_KEYS)
