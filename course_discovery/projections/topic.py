"""Topics as readers see them, in one language."""

from collections.abc import Collection, Mapping
from typing import Any

from course_discovery.course_metadata.models import Topic, TopicTranslation
from course_discovery.projections.subject import best_translations


def render_topics(
    pks: Collection[int], *, language: str | None = None
) -> dict[int, dict[str, Any]]:
    """Topics by primary key, their texts in `language` or the default one; two queries."""
    texts = best_translations(
        TopicTranslation.objects.filter(master_id__in=pks).values(
            "master_id", "language_code", "name", "subtitle", "description", "long_description"
        ),
        language,
    )
    rows = Topic.objects.filter(pk__in=pks).values("pk", "banner_image_url", "slug", "uuid")
    return {row["pk"]: _render(row, texts.get(row["pk"], {})) for row in rows}


def _render(row: Mapping[str, Any], texts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": texts.get("name", row["slug"]),
        "subtitle": texts.get("subtitle"),
        "description": texts.get("description"),
        "long_description": texts.get("long_description"),
        "banner_image_url": row["banner_image_url"],
        "slug": row["slug"],
        "uuid": str(row["uuid"]),
    }
