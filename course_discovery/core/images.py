"""Uploaded pictures and the sizes of them that pages show.

`StdImageField` stores a picture as it came and beside it one resized copy for each of its
variations. The copies' names follow from the stored name, so that readers tell their addresses
without asking the storage (`described`).
"""

import posixpath
import secrets
from collections.abc import Callable, Mapping
from io import BytesIO
from os import PathLike
from typing import Any, NamedTuple, TypeAlias

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_BYTES = 10_000_000
# Of the decoded picture, which takes four bytes of memory for each.
MAX_PIXELS = 25_000_000
# The file extension of each format that is taken. A phone's MPO is a JPEG with more pictures
# behind the first one.
EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "GIF": "gif", "WEBP": "webp"}

_OPTIONS: dict[str, dict[str, Any]] = {
    "png": {"format": "PNG", "optimize": True},
    "jpg": {"format": "JPEG", "optimize": True, "progressive": True, "quality": 85},
    "gif": {"format": "GIF"},
    "webp": {"format": "WEBP", "quality": 85},
}
_LONGEST_VALUE = 100


class BadPicture(ValidationError):
    """A file that is no picture, or none that is taken; its message says why."""


class Variation(NamedTuple):
    """The exact size of a copy in pixels.

    A picture of another shape is scaled until it covers the size, and cut at the edges; with
    `crop=False`, for logos, until it fits in, with transparent margins (white in a JPEG).
    """

    width: int
    height: int
    crop: bool = True


Variations: TypeAlias = Mapping[str, tuple[int, int] | tuple[int, int, bool]]


def variation_name(name: str, label: str) -> str:
    """The stored name of a copy: `course/1234.small.png` for `small` of `course/1234.png`."""
    root, extension = posixpath.splitext(name)
    return f"{root}.{label}{extension}"


def described(
    name: str | None, variations: Variations, url_of: Callable[[str], str | None]
) -> dict[str, dict[str, Any]]:
    """`{label: {"url", "width", "height"}}` of a picture's copies, {} where there is no picture.

    `name` is what the field's column holds, `url_of` turns a stored name into an address. Nothing
    is looked up.
    """
    if not name:
        return {}
    sizes = {label: Variation(*given) for label, given in variations.items()}
    return {
        label: {"url": url_of(variation_name(name, label)), "width": size.width,
                "height": size.height}
        for label, size in sizes.items()
    }  # fmt: skip


class Picture:
    """A decoded picture, upright, of which copies can be made."""

    def __init__(self, image: Image.Image, extension: str) -> None:
        self._image = image
        self.extension = extension

    @classmethod
    def read(cls, content: File[bytes], *, smallest: int = 0) -> "Picture":
        """Decode an uploaded file, of animations the first frame.

        A JPEG may be decoded at a lower resolution, as long as its sides keep `smallest` pixels;
        0 means all of them. Raises BadPicture, before decoding where the picture is too large.
        """
        if content.size > MAX_BYTES:
            raise BadPicture(_("The picture has more than 10 MB."), code="too_large")
        content.seek(0)
        try:
            image = Image.open(content, formats=("PNG", "JPEG", "GIF", "WEBP"))
            if image.width * image.height <= MAX_PIXELS:
                return cls._decode(image, smallest)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            pass  # that bound is above ours
        except Exception as error:
            # Decoders raise whatever a damaged file makes them stumble over.
            reason = _("This is no PNG, JPEG, GIF or WebP picture, or it is damaged.")
            raise BadPicture(reason, code="unreadable") from error
        raise BadPicture(_("The picture has more than 25 million pixels."), code="too_large")

    @classmethod
    def _decode(cls, image: Image.Image, smallest: int) -> "Picture":
        extension = EXTENSIONS[image.format or ""]
        if smallest:
            image.draft(None, (smallest, smallest))  # only JPEGs can
        coloured = _in_colours(image, extension)
        ImageOps.exif_transpose(coloured, in_place=True)
        return cls(coloured, extension)

    def copy(self, variation: Variation) -> bytes:
        """The file of a copy, in the picture's own format, without the camera's data."""
        size = (variation.width, variation.height)
        if variation.crop:
            made = ImageOps.fit(self._image, size, Image.Resampling.LANCZOS)
        else:
            made = _framed(self._image, size, transparent=self.extension != "jpg")
        made.info.clear()
        file = BytesIO()
        profile = self._image.info.get("icc_profile")
        made.save(file, icc_profile=profile, **_OPTIONS[self.extension])
        return file.getvalue()


def _in_colours(image: Image.Image, extension: str) -> Image.Image:
    """The decoded image in RGB, or RGBA where it is transparent and its format can be."""
    mode = "RGBA" if image.has_transparency_data and extension != "jpg" else "RGB"
    if image.mode.startswith("I"):
        # 16 bits of grey; Pillow would cut them at 255.
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode not in {"RGB", "RGBA", "P"}:
        # A profile for grey or for print does not hold for what comes out.
        image.info.pop("icc_profile", None)
    return image.convert(mode)


def _framed(image: Image.Image, size: tuple[int, int], *, transparent: bool) -> Image.Image:
    """The whole image scaled into the middle of a canvas."""
    scale = min(size[0] / image.width, size[1] / image.height)
    inner = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    place = ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2)
    canvas = (
        Image.new("RGBA", size, (255, 255, 255, 0))
        if transparent
        else Image.new("RGB", size, (255, 255, 255))
    )
    canvas.paste(image.resize(inner, Image.Resampling.LANCZOS), place)
    return canvas


def check_upload(file: Any) -> None:
    """Refuse a file that was just uploaded and cannot be taken; stored ones are not opened.

    Raises BadPicture.
    """
    if not file._committed:
        Picture.read(file.file)


class StdImageFieldFile(ImageFieldFile):
    """A picture of a row. Storing one stores its copies too, and removes nothing."""

    field: "StdImageField"

    def save(self, name: str, content: File[bytes], save: bool = True) -> None:
        """Store the picture and its copies under a new name; only the folder is told by the field.

        Raises BadPicture before anything is stored.
        """
        sizes = {label: Variation(*given) for label, given in self.field.variations.items()}
        smallest = max((max(size.width, size.height) for size in sizes.values()), default=0)
        picture = Picture.read(content, smallest=smallest)
        copies = {label: picture.copy(size) for label, size in sizes.items()}
        content.seek(0)
        super().save(f"picture.{picture.extension}", content, save=False)
        for label, data in copies.items():
            self.storage.save(variation_name(str(self.name), label), ContentFile(data))
        if save:
            self.instance.save()

    save.alters_data = True  # type: ignore[attr-defined] # how templates know not to call it


class StdImageField(models.ImageField):
    """A picture with copies in several sizes, e.g. `variations={"small": (378, 225)}`.

    Stored as `<upload_to>/<value><12 random hex digits>.<extension>`, where the value is that of
    the row's field `name_from` and the extension that of the picture's true format.
    """

    attr_class = StdImageFieldFile
    default_validators = [check_upload]

    def __init__(
        self,
        *args: Any,
        variations: Variations | None = None,
        name_from: str = "uuid",
        **options: Any,
    ) -> None:
        self.variations: Variations = dict(variations or {})
        self.name_from = name_from
        super().__init__(*args, **({"max_length": 255} | options))

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """The field as a migration writes it."""
        name, path, args, options = super().deconstruct()
        own = {"variations": self.variations, "name_from": self.name_from}
        return name, path, args, options | own

    def generate_filename(self, instance: models.Model, filename: str | PathLike[str]) -> str:
        """A new name that nobody can guess; of the given one only the extension stays."""
        value = slugify(str(getattr(instance, self.name_from, "")))[:_LONGEST_VALUE]
        extension = posixpath.splitext(str(filename))[1]
        return super().generate_filename(instance, f"{value}{secrets.token_hex(6)}{extension}")
