"""A picture is made anew from what is seen on it (fault A9)."""

import io
import random
import struct
import zlib
from contextlib import suppress

import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from practices.services.files.pictures import FORMATS, made_anew
from practices.services.files.unfit import UnfitFileError

GPS, ORIENTATION, ON_ITS_SIDE = 0x8825, 0x0112, 6
MODES = {"GIF": "P", "PNG": "RGBA"}


def photo(kind: str, size: tuple[int, int] = (40, 20)) -> bytes:
    """A photo with where it was made, taken on its side."""
    picture = Image.new(MODES.get(kind, "RGB"), size, "red" if kind != "GIF" else 3)
    exif = picture.getexif()
    exif[ORIENTATION] = ON_ITS_SIDE
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (52.0, 0.0, 42.0)
    file = io.BytesIO()
    extra = {"exif": exif} if kind != "GIF" else {"comment": b"geheim"}
    picture.save(file, kind, **extra)
    return file.getvalue()


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_comes_along_and_it_stands_the_right_way_up(kind: str) -> None:
    content = photo(kind)
    result, ending = made_anew(io.BytesIO(content))
    assert ending == FORMATS[kind]
    with Image.open(io.BytesIO(result)) as picture:
        assert picture.format == kind
        assert not picture.getexif()
        assert picture.size == ((40, 20) if kind == "GIF" else (20, 40))
        assert "comment" not in picture.info
        assert "xmp" not in picture.info
    assert b"Exif" not in result
    assert b"geheim" not in result


def test_what_hides_behind_a_picture_is_gone() -> None:
    result, _ending = made_anew(io.BytesIO(photo("JPEG") + b"<?php echo 1; ?><script>x()</script>"))
    assert b"php" not in result
    assert b"script" not in result


def test_a_photo_of_a_telephone_becomes_one_that_browsers_show() -> None:
    register_heif_opener()
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "HEIF")
    file.seek(0)
    result, ending = made_anew(file)
    assert ending == "jpg"
    with Image.open(io.BytesIO(result)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (40, 20))


def test_an_animation_goes_on_moving() -> None:
    frames = [Image.new("RGB", (8, 8), one).quantize() for one in ("red", "green", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=90)
    file.seek(0)
    result, _ending = made_anew(file)
    with Image.open(io.BytesIO(result)) as picture:
        assert getattr(picture, "n_frames", 1) == 3
        assert picture.info["duration"] == 90


def png_of(width: int, height: int) -> bytes:
    """The header of a picture of that size, and next to nothing else."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_a_small_file_of_millions_of_pixels_is_never_unpacked() -> None:
    with pytest.raises(UnfitFileError, match="25 miljoen"):
        made_anew(io.BytesIO(png_of(11_000, 11_000)))


@pytest.mark.parametrize("content", [b"", b"geen beeld", b"\x89PNG\r\n\x1a\n", png_of(10, 10)])
def test_what_is_no_whole_picture_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(UnfitFileError, match="opnieuw"):
        made_anew(io.BytesIO(content))


@pytest.mark.filterwarnings("ignore")  # Pillow warns of much that it still reads
@pytest.mark.parametrize("kind", FORMATS)
def test_whatever_is_broken_in_it_is_refused_or_mended(kind: str) -> None:
    by_chance = random.Random(7)
    whole = photo(kind)
    for _time in range(400):
        broken = bytearray(whole)
        for _byte in range(by_chance.randint(1, 8)):
            broken[by_chance.randrange(len(broken))] = by_chance.randrange(256)
        with suppress(UnfitFileError):
            made_anew(io.BytesIO(broken))
