"""What is sent to another service to change something there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson
from urllib3.filepost import encode_multipart_formdata


@dataclass(frozen=True)
class Payload:
    """The body of a call and its media type."""

    data: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True)
class Upload:
    """A file to send: its name, media type and bytes."""

    name: str
    content_type: str
    data: bytes = field(repr=False)


def json_payload(value: Mapping[str, object]) -> Payload:
    """A JSON object of plain values."""
    return Payload(orjson.dumps(value), "application/json")


def file_payload(field_name: str, upload: Upload) -> Payload:
    """A form of one file (multipart/form-data, RFC 7578)."""
    data, content_type = encode_multipart_formdata(
        {field_name: (upload.name, upload.data, upload.content_type)}
    )
    return Payload(data, content_type)
