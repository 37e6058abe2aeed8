"""Topics."""

from collections.abc import Mapping
from typing import Any, TypedDict

from course_discovery.core.fields import fold
from course_discovery.core.models import Partner
from course_discovery.course_metadata.models import Topic
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Written,
    locked,
    operation,
    write_differences,
)
from course_discovery.course_metadata.operations.translation import Texts, write_translations

_TRANSLATED = ("name", "subtitle", "description", "long_description")


class TopicValues(TypedDict, total=False):
    """What may be told of a topic."""

    name: Texts
    subtitle: Texts
    description: Texts
    long_description: Texts
    banner_image_url: str | None


@operation
def create_or_update_topic(*, partner: Partner, slug: str, values: TopicValues) -> Written[Topic]:
    """The topic with this slug, made when there is none; a new one needs a name.

    Raises UnfitValue.
    """
    columns, texts = _split(values)
    stored = locked(Topic.objects.filter(partner=partner, slug__iexact=slug))
    if stored:
        changed = write_differences(stored[0], columns)
        changed |= write_translations(stored[0], texts)
        return Written(stored[0], Outcome.of(changed=changed))
    if not texts.get("name"):
        raise UnfitValue("name", "a new topic needs one")
    # Slugs are compared without case everywhere, so they are stored in one case.
    columns |= fitting(Topic, {"slug": fold(slug)})
    made = Topic.objects.create(partner=partner, **columns)
    write_translations(made, texts)
    return Written(made, Outcome.CREATED)


def _split(values: TopicValues) -> tuple[dict[str, Any], Mapping[str, Texts]]:
    told: dict[str, Any] = dict(values)
    texts: dict[str, Texts] = {name: told.pop(name) for name in _TRANSLATED if name in told}
    return fitting(Topic, told), texts
