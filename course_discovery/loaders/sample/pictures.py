"""Logos and course pictures: small PNG files drawn from a key, without an image library."""

import hashlib
import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote

from course_discovery.loaders.sample.messages import Answer, Request, detail
from course_discovery.loaders.sample.site import Site

Color = tuple[int, int, int]

LOGO = (200, 100)
CARD = (378, 225)
KEPT = {"Content-Type": "image/png", "Cache-Control": "public, max-age=86400"}


def logo_path(organization_key: str) -> str:
    """Where the logo of an organization is served."""
    return f"/feed/logos/{quote(organization_key)}.png"


def card_path(course_key: str) -> str:
    """Where the picture of a course that only the feed knows is served."""
    return f"/feed/cards/{quote(course_key, safe='+')}.png"


def run_picture_path(run_key: str) -> str:
    """Where the platform serves the picture of a run."""
    if "/" in run_key:
        organization, number, _ = run_key.split("/")
        return f"/c4x/{organization}/{number}/asset/course_image.png"
    asset_key = run_key.replace("course-v1:", "asset-v1:", 1)
    return f"/{asset_key}+type@asset+block@course_image.png"


def logo(site: Site, request: Request, key: str) -> Answer:
    """The logo of an organization."""
    for organization in site.catalog.organizations:
        if organization.key == key:
            return Answer(200, draw(key, organization.color, *LOGO), KEPT)
    return detail(404, "There is no such logo.")


def card(site: Site, request: Request, key: str) -> Answer:
    """The picture of a course."""
    return _card(site, key)


def asset(site: Site, request: Request, key: str) -> Answer:
    """The picture of a run."""
    return _card(site, f"course-v1:{key}")


def old_asset(site: Site, request: Request, organization: str, number: str) -> Answer:
    """The picture of a run with an old key: all runs of a course share it."""
    return _card(site, f"{organization}+{number}")


def _card(site: Site, key: str) -> Answer:
    color = site.catalog.colors.get(key)
    if color is None:
        return detail(404, "There is no such picture.")
    return Answer(200, draw(key, color, *CARD), KEPT)


@lru_cache(maxsize=64)
def draw(key: str, color: str, width: int, height: int) -> bytes:
    """A PNG of `width` times `height` pixels: a mirrored pattern of the key, shades of a color.

    `color` is six hex digits. The same arguments give the same bytes.
    """
    rows = 5
    size = height // rows
    columns = -(-width // size)
    half = -(-columns // 2)
    bits = hashlib.sha256(key.encode("utf-8")).digest()
    lines = []
    for row in range(rows):
        left = [bits[(row * half + column) % len(bits)] % 3 for column in range(half)]
        cells = left + left[: columns - half][::-1]
        pixels = b"".join(bytes([shade]) * size for shade in cells)[:width]
        lines += [pixels] * (size if row < rows - 1 else height - size * (rows - 1))
    return _png(width, height, _shades(color), lines)


def _shades(color: str) -> list[Color]:
    """A color, a darker and a lighter one."""
    red, green, blue = bytes.fromhex(color)
    dark = (red * 4 // 5, green * 4 // 5, blue * 4 // 5)
    light = (red + (255 - red) // 3, green + (255 - green) // 3, blue + (255 - blue) // 3)
    return [(red, green, blue), dark, light]


def _png(width: int, height: int, palette: Sequence[Color], lines: Sequence[bytes]) -> bytes:
    """A PNG with one byte of palette index for each pixel (ISO/IEC 15948)."""
    header = struct.pack(">2I5B", width, height, 8, 3, 0, 0, 0)
    colors = b"".join(bytes(color) for color in palette)
    pixels = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    chunks = ((b"IHDR", header), (b"PLTE", colors), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)
