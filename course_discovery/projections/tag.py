"""Tags as readers see them: sorted names."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any


def tag_names(links: Any, pks: Collection[int]) -> defaultdict[int, list[str]]:
    """The names of the tags of tagged rows by their primary key; one query.

    `links` is the model that joins those rows with tags.
    """
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = links.objects.filter(content_object_id__in=pks).values_list(
        "content_object_id", "tag__name"
    )
    for pk, name in rows:
        found[pk].append(name)
    for names in found.values():
        names.sort()
    return found
