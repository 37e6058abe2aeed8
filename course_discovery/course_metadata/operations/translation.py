"""Texts in several languages."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models

from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import differences, write_differences

Texts = str | Mapping[str, str]
"""A text by language code, or plain text in the default language."""


def by_language(texts: Texts) -> dict[str, str]:
    """The texts by language code, as codes are stored: `pt-br`."""
    if isinstance(texts, str):
        return {default_language(): texts}
    return {code.lower().replace("_", "-"): text for code, text in texts.items()}


def default_language() -> str:
    """The language of plain texts."""
    return str(settings.PARLER_DEFAULT_LANGUAGE_CODE).lower()


def default_text(texts: Texts) -> str:
    """The text in the default language, or in the first one that is there."""
    found = by_language(texts)
    return found.get(default_language()) or next(iter(found.values()))


def translations_by_language(row: models.Model) -> dict[str, models.Model]:
    """The stored translations of a row; one query unless they were prefetched."""
    stored: Any = row
    return {each.language_code: each for each in stored.translations.all()}


def translations_differ(row: models.Model, told: Mapping[str, Texts]) -> bool:
    """Whether `write_translations` would write anything. Raises UnfitValue."""
    stored = translations_by_language(row)
    for language, values in _values_by_language(row, told).items():
        if language not in stored or differences(stored[language], values):
            return True
    return False


def write_translations(row: models.Model, told: Mapping[str, Texts]) -> bool:
    """Store texts of a row (field: texts); answers whether any differed. Raises UnfitValue.

    Languages that are not told stay as they are.
    """
    stored, changed = translations_by_language(row), False
    for language, values in _values_by_language(row, told).items():
        if language in stored:
            changed |= write_differences(stored[language], values)
        else:
            model = _translation_model(row)
            model._base_manager.create(master=row, **values)
            changed = True
    return changed


def _values_by_language(row: models.Model, told: Mapping[str, Texts]) -> dict[str, dict[str, Any]]:
    values: dict[str, dict[str, Any]] = {}
    for name, texts in told.items():
        for language, text in by_language(texts).items():
            values.setdefault(language, {})[name] = text
    model = _translation_model(row)
    return {
        language: fitting(model, {"language_code": language} | told_there)
        for language, told_there in values.items()
    }


def _translation_model(row: models.Model) -> type[models.Model]:
    relation: Any = row._meta.get_field("translations")
    model: type[models.Model] = relation.related_model
    return model
