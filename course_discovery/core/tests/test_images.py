"""Pictures with copies: what is stored, what is refused, what readers are told."""

import random
import re
import struct
import uuid
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage, Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from course_discovery.core import images
from course_discovery.core.images import (
    BadPicture,
    Picture,
    StdImageField,
    Variation,
    Variations,
    described,
    variation_name,
)

RED, BLUE = (255, 0, 0), (0, 0, 255)
SIZES: Variations = {"large": (40, 20), "logo": (16, 16, False)}
MODES = {
    "PNG": ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"],
    "JPEG": ["L", "RGB", "CMYK"],
    "GIF": ["L", "P", "RGB", "RGBA"],
    "WEBP": ["RGB", "RGBA"],
}


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def picture(size: tuple[int, int] = (80, 60), kind: str = "PNG", mode: str = "RGB") -> bytes:
    return encoded(Image.new(mode, size), kind)


def halves(left: Any = RED, right: Any = BLUE, size: tuple[int, int] = (80, 40)) -> Image.Image:
    image = Image.new("RGB", size, left)
    image.paste(right, (size[0] // 2, 0, *size))
    return image


def bomb(width: int, height: int) -> bytes:
    """A PNG that announces this size and has nothing behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b""))


@pytest.fixture
def storage() -> InMemoryStorage:
    return InMemoryStorage(base_url="/media/")


@pytest.fixture
def poster(storage: InMemoryStorage) -> Iterator[Any]:
    """A row with a picture, in a model that no database knows."""
    with isolate_apps():
        yield poster_of(storage)


def poster_of(storage: Storage) -> Any:
    class Poster(models.Model):
        uuid = models.UUIDField(default=uuid.uuid4)
        title = models.CharField(max_length=300)
        image = StdImageField(upload_to="posters", variations=SIZES, storage=storage, blank=True)
        named = StdImageField(upload_to="named", name_from="title", storage=storage, blank=True)

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return self.title

    return Poster(title="North & South/../x")


def stored(storage: Storage, folder: str = "posters") -> set[str]:
    return set(storage.listdir(folder)[1])


def opened(storage: Storage, name: str) -> Image.Image:
    with storage.open(name) as file:
        image = Image.open(BytesIO(file.read()))
    image.load()
    return image


@pytest.mark.parametrize(
    ("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes]
)
def test_a_picture_of_any_kind_gets_copies_of_its_format_and_exact_sizes(
    poster: Any, storage: InMemoryStorage, kind: str, mode: str
) -> None:
    poster.image.save("x", ContentFile(picture(kind=kind, mode=mode)), save=False)

    name = poster.image.name
    assert stored(storage) == {
        Path(each).name for each in (name, *(variation_name(name, label) for label in SIZES))
    }
    for label, size in (("large", (40, 20)), ("logo", (16, 16))):
        copy = opened(storage, variation_name(name, label))
        assert (copy.format, copy.size) == (kind, size)


def test_the_picture_itself_is_stored_as_it_came(poster: Any, storage: InMemoryStorage) -> None:
    data = picture()
    poster.image.save("x.png", ContentFile(data), save=False)

    assert storage.open(poster.image.name).read() == data


def test_names_have_the_rows_value_and_twelve_digits(poster: Any) -> None:
    names = []
    for _again in range(2):
        poster.image.save("../../evil.html", ContentFile(picture(kind="JPEG")), save=False)
        names.append(poster.image.name)

    assert all(re.fullmatch(rf"posters/{poster.uuid}[0-9a-f]{{12}}\.jpg", each) for each in names)
    assert names[0] != names[1]


def test_a_text_in_a_name_is_made_harmless_and_short(poster: Any) -> None:
    poster.named.save("x", ContentFile(picture()), save=False)
    assert re.fullmatch(r"named/north-southx[0-9a-f]{12}\.png", poster.named.name)

    poster.title = "a" * 300
    poster.named.save("x", ContentFile(picture()), save=False)
    assert re.fullmatch(r"named/a{100}[0-9a-f]{12}\.png", poster.named.name)


def test_a_new_picture_leaves_the_old_one_where_it_is(
    poster: Any, storage: InMemoryStorage
) -> None:
    poster.image.save("x", ContentFile(picture()), save=False)
    before = stored(storage)
    poster.image.save("x", ContentFile(picture()), save=False)

    assert before < stored(storage)
    assert len(stored(storage)) == 2 * len(before)


def test_saving_a_row_stores_its_upload_once(poster: Any, storage: InMemoryStorage) -> None:
    field = poster._meta.get_field("image")
    poster.image = SimpleUploadedFile("x.png", picture(), "image/png")

    first = field.pre_save(poster, add=True).name
    assert field.pre_save(poster, add=False).name == first
    assert len(stored(storage)) == 3


def test_a_row_without_a_picture_stores_nothing(poster: Any, storage: InMemoryStorage) -> None:
    assert not poster._meta.get_field("image").pre_save(poster, add=True)
    assert storage.listdir("")[0] == []


@isolate_apps()
def test_files_on_disk_lie_where_readers_are_told(tmp_path: Path) -> None:
    storage = FileSystemStorage(tmp_path, base_url="/media/")
    row = poster_of(storage)
    row.image.save("x", ContentFile(picture()), save=False)

    told = described(row.image.name, SIZES, storage.url)
    assert {label: (each["width"], each["height"]) for label, each in told.items()} == {
        "large": (40, 20),
        "logo": (16, 16),
    }
    for each in told.values():
        assert (tmp_path / each["url"].removeprefix("/media/")).is_file()


def test_what_readers_are_told_of_a_name() -> None:
    assert described("a/b.c.jpg", {"small": (378, 225)}, "https://cdn.example/{}".format) == {
        "small": {"url": "https://cdn.example/a/b.c.small.jpg", "width": 378, "height": 225}
    }
    assert described("", SIZES, str) == described(None, SIZES, str) == {}


@given(st.from_regex(r"[^/.][^/]*", fullmatch=True), st.sampled_from(["a", "x-small"]))
def test_names_of_copies_tell_the_picture(stem: str, label: str) -> None:
    name = f"folder/{stem}.png"
    assert variation_name(name, label) == f"folder/{stem}.{label}.png"


def test_covering_cuts_the_edges_and_framing_keeps_all() -> None:
    read = Picture.read(ContentFile(encoded(halves())))

    cut = Image.open(BytesIO(read.copy(Variation(20, 20))))
    assert cut.getpixel((1, 10)) == RED
    assert cut.getpixel((18, 10)) == BLUE

    framed = Image.open(BytesIO(read.copy(Variation(20, 20, crop=False))))
    assert framed.getpixel((10, 1)) == (255, 255, 255, 0)
    assert framed.getpixel((1, 10)) == (*RED, 255)
    assert framed.getpixel((18, 10)) == (*BLUE, 255)


def test_margins_of_a_jpeg_are_white() -> None:
    read = Picture.read(ContentFile(encoded(halves(), "JPEG")))
    framed = Image.open(BytesIO(read.copy(Variation(32, 32, crop=False))))

    colour = framed.getpixel((16, 1))
    assert isinstance(colour, tuple)
    assert min(colour) > 245


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_transparency_is_kept(kind: str) -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((*RED, 255), (20, 0, 40, 40))
    read = Picture.read(ContentFile(encoded(image, kind)))

    copy = Image.open(BytesIO(read.copy(Variation(20, 20)))).convert("RGBA")
    assert copy.getpixel((2, 10))[3] == 0  # type: ignore[index]
    assert copy.getpixel((17, 10))[3] == 255  # type: ignore[index]


def test_sixteen_bits_of_grey_stay_grey() -> None:
    read = Picture.read(ContentFile(encoded(Image.new("I;16", (40, 40), 0x8000))))

    assert Image.open(BytesIO(read.copy(Variation(4, 4)))).getpixel((1, 1)) == (128, 128, 128)


def test_copies_stand_upright_and_tell_nothing_of_the_camera() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise
    exif[0x010F] = "a camera"
    data = encoded(halves(), "JPEG", exif=exif, comment=b"at home", quality=95)
    made = Picture.read(ContentFile(data)).copy(Variation(20, 40))

    copy = Image.open(BytesIO(made))
    top, bottom = copy.getpixel((10, 5)), copy.getpixel((10, 35))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 200, bottom[2] > 200) == (True, True)
    assert b"camera" in data
    assert b"camera" not in made
    assert b"at home" not in made
    assert not copy.getexif()


def test_a_colour_profile_is_kept_where_it_holds() -> None:
    rgb = encoded(Image.new("RGB", (40, 40)), "JPEG", icc_profile=b"a profile")
    print_colours = encoded(Image.new("CMYK", (40, 40)), "JPEG", icc_profile=b"a profile")

    def profile(data: bytes) -> Any:
        made = Picture.read(ContentFile(data)).copy(Variation(4, 4))
        return Image.open(BytesIO(made)).info.get("icc_profile")

    assert profile(rgb) == b"a profile"
    assert profile(print_colours) is None


def test_a_large_jpeg_is_decoded_at_a_lower_resolution() -> None:
    data = picture((1600, 800), "JPEG")
    read = Picture.read(ContentFile(data), smallest=200)

    assert read._image.size == (400, 200)


def test_an_animation_is_kept_and_its_copies_stand_still(
    poster: Any, storage: InMemoryStorage
) -> None:
    frames = [Image.new("RGB", (40, 20), colour) for colour in (RED, BLUE)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    poster.image.save("x", ContentFile(data), save=False)

    assert getattr(opened(storage, poster.image.name), "n_frames", 1) == 2
    copy = opened(storage, variation_name(poster.image.name, "large"))
    assert getattr(copy, "n_frames", 1) == 1
    assert copy.convert("RGB").getpixel((5, 5)) == RED


@pytest.mark.parametrize("size", [(1, 3000), (3000, 1), (1, 1)])
def test_the_oddest_shapes_get_copies(size: tuple[int, int]) -> None:
    read = Picture.read(ContentFile(picture(size)))

    for crop in (True, False):
        assert Image.open(BytesIO(read.copy(Variation(30, 20, crop)))).size == (30, 20)


@pytest.mark.parametrize(
    "size", [(5001, 5000), (10_000, 10_000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)]
)
def test_decompression_bombs_are_refused_before_they_are_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(BadPicture, match="pixels"):
        Picture.read(ContentFile(bomb(*size)))


def test_large_files_are_refused(poster: Any, storage: InMemoryStorage) -> None:
    with pytest.raises(BadPicture, match="10 MB"):
        poster.image.save("x", ContentFile(bytes(images.MAX_BYTES + 1)), save=False)
    assert storage.listdir("")[0] == []


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe-3.0 EPSF-3.0",
     picture()[:-30], picture(kind="JPEG")[:200], encoded(Image.new("RGB", (8, 8)), "BMP")],
    ids=["nothing", "svg", "eps", "cut png", "cut jpeg", "bmp"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_and_leaves_nothing_behind(
    poster: Any, storage: InMemoryStorage, data: bytes
) -> None:
    with pytest.raises(BadPicture, match="damaged"):
        poster.image.save("x.png", ContentFile(data), save=False)
    assert storage.listdir("")[0] == []
    assert not poster.image


@given(st.sampled_from([*MODES]), st.integers(0, 2**32), st.integers(1, 12))
def test_damage_of_any_kind_is_refused_or_survived(kind: str, seed: int, hits: int) -> None:
    chance = random.Random(seed)
    data = bytearray(encoded(halves(), kind))
    for _hit in range(hits):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        read = Picture.read(ContentFile(bytes(data)))
    except BadPicture:
        return
    assert Image.open(BytesIO(read.copy(Variation(8, 8)))).size == (8, 8)


def test_a_form_tells_what_is_wrong_with_an_upload(poster: Any) -> None:
    field = poster._meta.get_field("image")
    poster.image = SimpleUploadedFile("x.png", bomb(5001, 5000), "image/png")

    with pytest.raises(ValidationError, match="pixels"):
        field.clean(poster.image, poster)


def test_a_stored_picture_is_not_opened_again_by_a_form(
    poster: Any, storage: InMemoryStorage
) -> None:
    poster.image.save("x", ContentFile(picture()), save=False)
    storage.delete(poster.image.name)

    assert poster._meta.get_field("image").clean(poster.image, poster) == poster.image


def test_a_migration_can_write_the_field(poster: Any) -> None:
    text, _imports = MigrationWriter.serialize(poster._meta.get_field("named"))
    field = StdImageField(upload_to="posters", variations=SIZES, name_from="title")
    _name, path, args, options = field.deconstruct()

    assert text.startswith("course_discovery.core.images.StdImageField(")
    assert path == "course_discovery.core.images.StdImageField"
    assert args == []
    assert options == {
        "upload_to": "posters", "variations": SIZES, "name_from": "title", "max_length": 255,
    }  # fmt: skip
    assert StdImageField(**options).deconstruct() == field.deconstruct()
