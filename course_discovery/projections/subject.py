"""Subjects as readers see them, in one language."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from course_discovery.course_metadata.models import Subject, SubjectTranslation


def render_subjects(
    pks: Sequence[int], *, language: str | None = None
) -> dict[int, dict[str, Any]]:
    """Subjects by primary key, their texts in `language` or the default one; two queries."""
    texts = best_translations(
        SubjectTranslation.objects.filter(master_id__in=pks).values(
            "master_id", "language_code", "name", "subtitle", "description"
        ),
        language,
    )
    rows = Subject.objects.filter(pk__in=pks).values(
        "pk", "banner_image_url", "card_image_url", "slug", "uuid"
    )
    return {row["pk"]: _render(row, texts.get(row["pk"], {})) for row in rows}


def best_translations(
    rows: Iterable[Mapping[str, Any]], language: str | None
) -> dict[Any, Mapping[str, Any]]:
    """The row of each master (`master_id`) in `language`, else the default language, else any."""
    order = [code for code in (language, settings.PARLER_DEFAULT_LANGUAGE_CODE) if code]

    def rank(row: Mapping[str, Any]) -> tuple[int, str]:
        code = row["language_code"]
        return (order.index(code) if code in order else len(order), code)

    best: dict[Any, Mapping[str, Any]] = {}
    for row in sorted(rows, key=rank):
        best.setdefault(row["master_id"], row)
    return best


def _render(row: Mapping[str, Any], texts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": texts.get("name", row["slug"]),
        "subtitle": texts.get("subtitle"),
        "description": texts.get("description"),
        "banner_image_url": row["banner_image_url"],
        "card_image_url": row["card_image_url"],
        "slug": row["slug"],
        "uuid": str(row["uuid"]),
    }
