"""Pictures in JSON bodies."""

import binascii
from base64 import b64decode
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import SkipField

from course_discovery.core.images import MAX_BYTES, BadPicture, Picture

_ADDRESS = ("http://", "https://", "/")


@extend_schema_field(
    {"type": "string", "nullable": True, "description": "data:image/png;base64,... or empty"}
)
class PictureField(serializers.Field[Any, Any, Any, Any]):
    """A picture as `data:image/...;base64,...`; something empty stands for none.

    What answers show of a picture, an object or an address, tells nothing new: it is passed over.
    """

    default_error_messages = {
        "invalid": _("Must be a picture as data:image/...;base64,..."),
        "too_large": _("The picture has more than 10 MB."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_null": True, **options})

    def to_internal_value(self, data: Any) -> ContentFile[bytes] | None:
        """The file, known to be a picture; None for no picture."""
        if isinstance(data, dict) or (isinstance(data, str) and data.startswith(_ADDRESS)):
            raise SkipField
        if not data:
            return None
        if not isinstance(data, str) or not data.startswith("data:image/"):
            self.fail("invalid")
        _kind, marker, text = data.partition(";base64,")
        if len(text) > MAX_BYTES * 4 // 3 + 4:
            self.fail("too_large")
        try:
            content = ContentFile(b64decode(text, validate=True), name="picture")
            if not marker:
                self.fail("invalid")
            Picture.read(content)
        except BadPicture as error:
            raise serializers.ValidationError(error.messages) from error
        except (binascii.Error, ValueError):
            self.fail("invalid")
        return content
