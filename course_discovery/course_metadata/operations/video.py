"""Videos."""

from typing import NotRequired, TypedDict

from course_discovery.course_metadata.models import Video
from course_discovery.course_metadata.operations.fitting import UnfitValue, fitting
from course_discovery.course_metadata.operations.running import (
    Outcome,
    Written,
    differences,
    locked,
    operation,
    write_differences,
)


class VideoValues(TypedDict):
    """A video by its address; the description stays as it is when it is not told."""

    src: str
    description: NotRequired[str | None]


@operation
def create_or_update_video(*, values: VideoValues) -> Written[Video]:
    """The video at this address, made when there is none. Raises UnfitValue."""
    columns = fit_video(values)
    stored = locked(Video.objects.filter(src=columns["src"]))
    if stored:
        changed = write_differences(stored[0], columns)
        return Written(stored[0], Outcome.of(changed=changed))
    return Written(Video.objects.create(**columns), Outcome.CREATED)


def fit_video(values: VideoValues) -> dict[str, object]:
    """The video's columns. Raises UnfitValue."""
    try:
        columns = fitting(Video, values)
    except UnfitValue as error:
        raise UnfitValue("video", str(error)) from None
    return columns


def video_differs(video: Video | None, values: VideoValues | None) -> bool:
    """Whether a row that has `video` would change by being told `values`. Raises UnfitValue."""
    if video is None or values is None:
        return (video is None) is not (values is None)
    return bool(differences(video, fit_video(values)))
