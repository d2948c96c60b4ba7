"""Pictures: made anew from what is seen on them, so that nothing else comes along.

No place or camera, no text hidden behind the picture. Photos of telephones (HEIC) become JPEG,
which every browser shows.
"""

import io
import struct
from typing import IO, Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from pillow_heif import register_heif_opener

from practices.services.files.unfit import UnfitFileError

register_heif_opener()

MOST_PIXELS = 25_000_000
"""Of all frames together; a telephone makes twelve million."""
QUALITY = 90
FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
KEPT = ("icc_profile", "transparency", "duration", "loop", "background")
"""What belongs to how a picture looks."""

UNREADABLE = (
    UnidentifiedImageError, struct.error, ArithmeticError, AttributeError, EOFError, LookupError,
    OSError, RuntimeError, SyntaxError, TypeError, ValueError,
)  # fmt: skip
"""What Pillow raises for pictures that are broken, each of its formats in its own way."""


def made_anew(file: IO[bytes]) -> tuple[bytes, str]:
    """The picture as a new file, and the end of its name. Raises `UnfitFileError`."""
    try:
        with Image.open(file) as picture:
            _check_size(picture)
            kind = picture.format if picture.format in FORMATS else "JPEG"
            return _written(picture, str(kind)), FORMATS[str(kind)]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _is_too_large() from error
    except UNREADABLE as error:
        raise UnfitFileError(
            _("This picture can't be read. Save it again, as JPEG for example.")
        ) from error
    finally:
        file.seek(0)


def _check_size(picture: Image.Image) -> None:
    frames = getattr(picture, "n_frames", 1)
    if picture.width * picture.height * frames > MOST_PIXELS:
        raise _is_too_large()


def _is_too_large() -> UnfitFileError:
    return UnfitFileError(
        _("This picture has more than %(count)d million pixels. Make it smaller.")
        % {"count": MOST_PIXELS // 1_000_000}
    )


def _written(picture: Image.Image, kind: str) -> bytes:
    frames = [_bare(frame, kind) for frame in ImageSequence.Iterator(picture)]
    first, *others = frames if kind != "JPEG" else frames[:1]
    result = io.BytesIO()
    options: dict[str, Any] = {"quality": QUALITY} if kind in ("JPEG", "WEBP", "AVIF") else {}
    if others:
        options |= {"save_all": True, "append_images": others}
    first.save(result, kind, **options)
    return result.getvalue()


def _bare(frame: Image.Image, kind: str) -> Image.Image:
    """What is seen, the right way up, and nothing else."""
    bare = ImageOps.exif_transpose(frame).copy()
    bare.info = {name: frame.info[name] for name in KEPT if name in frame.info}
    bare.getexif().clear()
    if kind == "JPEG" and bare.mode not in ("L", "RGB", "CMYK"):
        profile = bare.info.get("icc_profile")
        bare = bare.convert("RGB")
        bare.info = {"icc_profile": profile} if profile else {}
    return bare
