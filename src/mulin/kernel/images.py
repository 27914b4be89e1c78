"""Photos from outside: decoded and encoded anew, so that nothing of the file but its picture gets in.

What hides in a file (place, time and serial number of the phone, a second file, a script) does not survive.
A file that is no picture, too many bytes, or a small file that would unpack into a huge picture is refused
before it can do harm.
"""

import io
import warnings
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from mulin.kernel.refusals import Invalid, TooLarge

LONGEST_SIDE, THUMB_SIDE = 2048, 400  # pixels
QUALITY, THUMB_QUALITY = 84, 78  # of 100
MOST_PIXELS = 50_000_000
CHUNK = 64 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


@dataclass(frozen=True, slots=True)
class SafePhoto:
    """A photo as we keep it: JPEG without metadata, upright, at most 2048 pixels a side, and its thumbnail."""

    jpeg: bytes
    width: int
    height: int
    thumb: bytes


def safe_photo(file: BinaryIO, *, max_bytes: int, max_pixels: int = MOST_PIXELS) -> SafePhoto:
    """Return the picture in a file, or refuse it. Reads no more than `max_bytes`."""
    held = read_at_most(file, max_bytes)
    with warnings.catch_warnings():
        # Pillow warns of what it finds odd in a file; whether it opens is all that matters here.
        warnings.simplefilter("ignore")
        picture = _decode(held, max_pixels)
    thumb = picture.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return SafePhoto(jpeg(picture, QUALITY), picture.width, picture.height, jpeg(thumb, THUMB_QUALITY))


def read_at_most(file: BinaryIO, max_bytes: int) -> io.BytesIO:
    held = io.BytesIO()
    while chunk := file.read(CHUNK):
        if held.tell() + len(chunk) > max_bytes:
            message = _("This photo is too large: at most %(megabytes)d MB are taken.")
            raise TooLarge(message % {"megabytes": max_bytes // 1024**2})
        held.write(chunk)
    held.seek(0)
    return held


def _decode(held: io.BytesIO, max_pixels: int) -> Image.Image:
    try:
        with Image.open(held, formats=FORMATS) as image:
            if image.width * image.height > max_pixels:
                raise Invalid(_("This picture has too many pixels."), code="too_many_pixels", field="photo")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is then decoded at half size or less
            picture = flat(ImageOps.exif_transpose(_small(image)))
    except Invalid:
        raise
    except Image.DecompressionBombError as error:
        raise Invalid(
            _("This picture has too many pixels."), code="too_many_pixels", field="photo"
        ) from error
    except Exception as error:  # a broken file makes a decoder fail in any way it likes
        raise Invalid(_("This is not a photo that can be opened."), code="no_photo", field="photo") from error
    return picture


def _small(image: Image.Image) -> Image.Image:
    """Return it no larger than we keep it. First of all: whatever follows makes copies, and a few kilobytes may
    unpack into 200 MB.
    """
    # Roughly at first, which copies nothing: converting and smoothing take several copies of what they are given.
    image.thumbnail((2 * LONGEST_SIDE, 2 * LONGEST_SIDE), Image.Resampling.NEAREST, reducing_gap=None)
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    small = image.convert("RGBA" if transparent else "RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return small


def flat(image: Image.Image) -> Image.Image:
    """Return the picture in three colours, on white where it was transparent; a copy without metadata."""
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return flat


def jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
