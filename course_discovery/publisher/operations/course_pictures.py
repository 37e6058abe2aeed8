"""Pictures that course teams upload: files first, since no transaction can take them back."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.files.base import File

from course_discovery.core.images import variation_name
from course_discovery.course_metadata.models import Course

Pictures = Mapping[str, File[bytes] | None]
"""Files by the name of the course's field; None is no picture."""


@contextmanager
def stored_pictures(course: Course, pictures: Pictures) -> Iterator[dict[str, str]]:
    """The names under which the pictures are stored, by field; removed again if the block fails.

    Earlier pictures stay: the official course may show them. Raises BadPicture.
    """
    names = {
        field: _store(course, field, file) for field, file in pictures.items() if file is not None
    }
    try:
        yield names
    except BaseException:
        for field, name in names.items():
            _remove(field, name)
        raise


def _store(course: Course, field: str, file: File[bytes]) -> str:
    column: Any = Course._meta.get_field(field)
    if field == "image":
        stored = Course(uuid=course.uuid).image
        stored.save("picture", file, save=False)
        return str(stored.name)
    name = f"{secrets.token_hex(12)}.{str(file.name).rpartition('.')[2]}"
    return str(column.storage.save(column.generate_filename(course, name), file))


def _remove(field: str, name: str) -> None:
    column: Any = Course._meta.get_field(field)
    copies = [variation_name(name, label) for label in getattr(column, "variations", {})]
    for each in [name, *copies]:
        column.storage.delete(each)
