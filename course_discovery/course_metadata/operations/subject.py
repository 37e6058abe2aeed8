"""Subjects."""

from collections.abc import Mapping
from typing import Any, TypedDict

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Subject
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
    translations_differ,
    write_translations,
)

_TRANSLATED = ("name", "subtitle", "description")


class SubjectValues(TypedDict, total=False):
    """What may be told of a subject."""

    name: Texts
    subtitle: Texts
    description: Texts
    banner_image_url: str | None
    card_image_url: str | None


@operation
def create_or_update_subject(
    *, partner: Partner, slug: str, values: SubjectValues
) -> Written[Subject]:
    """The subject with this slug, made when there is none; a new one needs a name.

    Raises UnfitValue.
    """
    columns, texts = _split(values)
    stored = locked(Subject.objects.filter(partner=partner, slug__iexact=slug))
    if stored:
        changed = write_differences(stored[0], columns)
        changed |= write_translations(stored[0], texts)
        return Written(stored[0], Outcome.of(changed=changed))
    if not texts.get("name"):
        raise UnfitValue("name", "a new subject needs one")
    fitting(Subject, {"slug": slug})
    # Slugs are compared without case everywhere, so they are stored in one case.
    made = Subject.objects.create(partner=partner, slug=fold(slug), **columns)
    write_translations(made, texts)
    return Written(made, Outcome.CREATED)


def subject_differs(subject: Subject, values: SubjectValues) -> bool:
    """Whether `create_or_update_subject` would write anything. Raises UnfitValue."""
    columns, texts = _split(values)
    return bool(differences(subject, columns)) or translations_differ(subject, texts)


def _split(values: SubjectValues) -> tuple[dict[str, Any], Mapping[str, Texts]]:
    told: dict[str, Any] = dict(values)
    texts: dict[str, Texts] = {name: told.pop(name) for name in _TRANSLATED if name in told}
    return fitting(Subject, told), texts
