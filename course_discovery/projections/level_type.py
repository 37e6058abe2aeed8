"""Levels as readers see them, in one language."""

from collections.abc import Collection
from typing import Any

from course_discovery.course_metadata.models import LevelType, LevelTypeTranslation
from course_discovery.projections.subject import best_translations


def level_names(pks: Collection[int], language: str | None) -> dict[int, str]:
    """Names of levels by primary key, in `language` or the default one; one query."""
    rows = LevelTypeTranslation.objects.filter(master_id__in=pks).values(
        "master_id", "language_code", "name_t"
    )
    return {pk: row["name_t"] for pk, row in best_translations(rows, language).items()}


def render_level_types(
    pks: Collection[int], *, language: str | None = None
) -> dict[int, dict[str, Any]]:
    """Levels by primary key; two queries."""
    translated = level_names(pks, language)
    rows = LevelType.objects.filter(pk__in=pks).values("pk", "name", "sort_value")
    return {
        row["pk"]: {
            "name": translated.get(row["pk"], row["name"]),
            "sort_value": row["sort_value"],
        }
        for row in rows
    }
