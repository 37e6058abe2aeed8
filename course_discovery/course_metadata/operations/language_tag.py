"""Languages of content."""

from course_discovery.course_metadata.models import LanguageTag
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Written,
    locked,
    operation,
)
from course_discovery.course_metadata.operations.translation import (
    Texts,
    default_text,
    translations_differ,
    write_translations,
)


@operation
def create_or_update_language_tag(*, code: str, name: Texts) -> Written[LanguageTag]:
    """The language with this tag (BCP 47, case does not matter), made when there is none.

    The untranslated name of a known language stays: the language of a regional variant is read
    from it. Raises UnfitValue.
    """
    stored = locked(LanguageTag.objects.filter(code__iexact=code))
    if stored:
        tag = stored[0]
    else:
        columns = fitting(LanguageTag, {"code": code, "name": default_text(name)})
        tag = LanguageTag.objects.create(**columns)
    changed = write_translations(tag, {"name_t": name})
    return Written(tag, Outcome.of(created=not stored, changed=changed))


def language_tag_differs(tag: LanguageTag, name: Texts) -> bool:
    """Whether `create_or_update_language_tag` would write anything. Raises UnfitValue."""
    return translations_differ(tag, {"name_t": name})
