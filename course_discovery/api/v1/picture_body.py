"""Pictures in JSON bodies: `data:image/png;base64,...`."""

import base64
import binascii
import re
from typing import Any

from django.core.files.base import ContentFile
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from course_discovery.core.images import BadPicture, Picture

_DATA_URL = re.compile(r"data:image/[a-z0-9.+-]+;base64,", re.IGNORECASE)


@extend_schema_field(OpenApiTypes.STR)
class PictureField(serializers.Field):  # type: ignore[type-arg] # it takes none at run time
    """A picture as a data URL; None for any other text: clients send back what they read.

    `extensions` are those of the formats that are taken.
    """

    def __init__(self, *, extensions: tuple[str, ...] = (), **options: Any) -> None:
        self.extensions = extensions
        super().__init__(**({"required": False, "allow_null": True} | options))

    def to_internal_value(self, data: Any) -> ContentFile[bytes] | None:
        """The picture's file, named after its true format."""
        if not isinstance(data, str) or not (found := _DATA_URL.match(data)):
            return None
        try:
            content = base64.b64decode(data[found.end() :], validate=True)
        except binascii.Error as error:
            raise serializers.ValidationError("Not base64.") from error
        file = ContentFile(content)
        try:
            extension = Picture.read(file).extension
        except BadPicture as error:
            raise serializers.ValidationError(error.messages) from error
        if self.extensions and extension not in self.extensions:
            raise serializers.ValidationError(
                f"Only pictures of these formats: {', '.join(self.extensions)}."
            )
        file.seek(0)
        file.name = f"picture.{extension}"
        return file
