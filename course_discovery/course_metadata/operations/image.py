"""Images that live elsewhere."""

from typing import NotRequired, TypedDict

from course_discovery.course_metadata.models import Image
from course_discovery.course_metadata.operations.fitting import fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Written,
    locked,
    operation,
    write_differences,
)


class ImageValues(TypedDict):
    """An image by its address; height and width in pixels."""

    src: str
    description: NotRequired[str | None]
    height: NotRequired[int | None]
    width: NotRequired[int | None]


@operation
def create_or_update_image(*, values: ImageValues) -> Written[Image]:
    """The image at this address, made when there is none. Raises UnfitValue."""
    columns = fitting(Image, values)
    stored = locked(Image.objects.filter(src=columns["src"]))
    if stored:
        changed = write_differences(stored[0], columns)
        return Written(stored[0], Outcome.of(changed=changed))
    return Written(Image.objects.create(**columns), Outcome.CREATED)
