"""Pictures as front ends send them."""

from base64 import b64encode
from io import BytesIO

from PIL import Image


def data_uri(colour: str = "red", size: tuple[int, int] = (4, 2)) -> str:
    """A small PNG."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, format="PNG")
    return "data:image/png;base64," + b64encode(file.getvalue()).decode()


# What is no picture, though it may look like one.
BAD_PICTURES = [
    "junk",
    "data:image/png;base64,",
    "data:image/png;base64,%%%",
    "data:image/png;base64,é",
    "data:image/png;base64,aGVsbG8=",
    "data:text/html;base64,aGVsbG8=",
    "data:image/png," + "aGVsbG8=",
    ["data:image/png;base64,"],
    7,
    True,
]
