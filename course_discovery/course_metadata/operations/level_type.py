"""Levels of courses."""

from course_discovery.course_metadata.models import LevelType, LevelTypeTranslation
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Written,
    differences,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.translation import (
    Texts,
    by_language,
    default_text,
    translations_differ,
    write_translations,
)


@operation
def create_or_update_level_type(
    *, name: Texts, sort_value: int | None = None
) -> Written[LevelType]:
    """The level whose stable name is the one in the default language, made when there is none.

    Raises UnfitValue, also when another level has one of the names.
    """
    stable = str(fitting(LevelType, {"name": default_text(name)})["name"])
    columns = _columns(sort_value)
    stored = locked(LevelType.objects.filter(name__iexact=stable))
    level = stored[0] if stored else LevelType.objects.create(name=stable, **columns)
    _check_names(level, name)
    changed = write_differences(level, columns)
    changed |= write_translations(level, {"name_t": name})
    return Written(level, Outcome.of(created=not stored, changed=changed))


def level_type_differs(level: LevelType, name: Texts, sort_value: int | None) -> bool:
    """Whether `create_or_update_level_type` would write anything. Raises UnfitValue."""
    columns = _columns(sort_value)
    return bool(differences(level, columns)) or translations_differ(level, {"name_t": name})


def _columns(sort_value: int | None) -> dict[str, object]:
    return {} if sort_value is None else fitting(LevelType, {"sort_value": sort_value})


def _check_names(level: LevelType, name: Texts) -> None:
    for language, text in by_language(name).items():
        others = LevelTypeTranslation._base_manager.exclude(master=level)
        if others.filter(language_code=language, name_t__iexact=text.strip()).exists():
            raise UnfitValue("name", f"another level is called that in {language}")
