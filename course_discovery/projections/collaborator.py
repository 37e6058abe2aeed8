"""Collaborators as readers see them."""

from collections.abc import Collection, Mapping
from typing import Any

from course_discovery.core.images import described, variation_name
from course_discovery.course_metadata.models import Collaborator
from course_discovery.projections.values import absolute_media_url, media_url


def render_collaborators(pks: Collection[int]) -> dict[int, dict[str, Any]]:
    """Collaborators by primary key; one query."""
    rows = Collaborator.objects.filter(pk__in=pks).values("pk", "name", "image", "uuid")
    return {row["pk"]: _render(row) for row in rows}


def _render(row: Mapping[str, Any]) -> dict[str, Any]:
    image = row["image"]
    return {
        "name": row["name"],
        "image": described(image, Collaborator.VARIATIONS, absolute_media_url),
        "image_url": media_url(variation_name(image, "original")) if image else None,
        "uuid": str(row["uuid"]),
    }
