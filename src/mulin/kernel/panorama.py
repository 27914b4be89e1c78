"""Panoramas from outside: decoded, checked to reach all around, and encoded anew without whatever hid in the file."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image

from mulin.kernel.images import MOST_PIXELS, QUALITY, THUMB_QUALITY, SafePhoto, flat, jpeg, read_at_most
from mulin.kernel.refusals import Invalid

WIDEST = 6144  # pixels; more than most screens and graphics cards show of one picture
NARROWEST = 1024
THUMB = (480, 240)
SLACK = 0.01  # of the ratio of two to one: stitching may be a line short


def safe_panorama(file: BinaryIO, *, max_bytes: int, max_pixels: int = MOST_PIXELS) -> SafePhoto:
    """Return an equirectangular picture as we keep it, exactly twice as wide as high, or refuse the file."""
    held = read_at_most(file, max_bytes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # whether it opens is all that matters here
        whole = _decode(held, max_pixels)
    thumb = whole.resize(THUMB, Image.Resampling.BICUBIC)
    return SafePhoto(jpeg(whole, QUALITY), whole.width, whole.height, jpeg(thumb, THUMB_QUALITY))


def _decode(held: io.BytesIO, max_pixels: int) -> Image.Image:
    try:
        with Image.open(held, formats=("JPEG",)) as image:
            _check_size(image.width, image.height, max_pixels)
            image.draft("RGB", (WIDEST, WIDEST // 2))
            width = min(image.width, WIDEST) // 2 * 2
            # Made small first: each further copy of the whole would take 150 MB.
            colours = image if image.mode == "RGB" else image.convert("RGB")
            return flat(colours.resize((width, width // 2), Image.Resampling.LANCZOS))
    except Invalid:
        raise
    except Exception as error:  # a broken file makes a decoder fail in any way it likes
        raise Invalid(
            _("This is not a JPEG picture that can be opened."), code="no_photo", field="picture"
        ) from error


def _check_size(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        raise Invalid(_("This picture has too many pixels."), code="too_many_pixels", field="picture")
    if abs(width / height - 2) > 2 * SLACK:
        words = _(
            "A panorama is exactly twice as wide as it is high; this picture has %(width)d × %(height)d."
        )
        raise Invalid(words % {"width": width, "height": height}, code="not_all_around", field="picture")
    if width < NARROWEST:
        words = _("This panorama is too small to look around in: at least %(width)d pixels wide, please.")
        raise Invalid(words % {"width": NARROWEST}, code="too_small", field="picture")
