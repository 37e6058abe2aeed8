"""Uploaded pictures of rows."""

from enum import Enum
from typing import Any, Literal, TypeAlias

from django.core.files.base import File
from django.db import models

from course_discovery.core.images import BadPicture
from course_discovery.course_metadata.operations.fitting import UnfitValue


class Untold(Enum):
    """Stands for a picture that nothing is said about."""

    UNTOLD = "untold"


UNTOLD: Literal[Untold.UNTOLD] = Untold.UNTOLD
Told: TypeAlias = File[bytes] | Literal[Untold.UNTOLD] | None
"""A new picture, None for no picture any more, or UNTOLD to leave the stored one alone."""


def write_picture(row: models.Model, name: str, picture: Told) -> bool:
    """Store the picture in the row's field, with its copies; whether anything was written.

    A part of a larger operation. Raises UnfitValue for a file that is no picture.
    """
    stored: Any = getattr(row, name)
    if picture is UNTOLD or (picture is None and not stored):
        return False
    if picture is None:
        setattr(row, name, None)
    else:
        try:
            stored.save("picture", picture, save=False)
        except BadPicture as error:
            raise UnfitValue(name, " ".join(error.messages)) from None
    modified = ["modified"] if hasattr(row, "modified") else []
    row.save(update_fields=[name, *modified])
    return True
