"""Panoramas as a camera makes them: twice as wide as high, with what no picture of ours keeps."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

MAKER = "SecretCamera"


def a_panorama(width: int = 2048, height: int | None = None, form: str = "JPEG") -> bytes:
    """A sky, a ground, and a post every 45 degrees."""
    high = height or width // 2
    image = Image.new("RGB", (width, high), "#8fbcd4")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, high // 2, width, high), fill="#7a8b5c")
    for post in range(8):
        pen.rectangle(
            (post * width // 8, high // 3, post * width // 8 + width // 40, high // 2), fill="#553333"
        )
    exif = Image.Exif()
    exif[0x010F] = MAKER
    out = BytesIO()
    image.save(out, form, exif=exif)
    return out.getvalue()


def a_panorama_file(folder: Path) -> Path:
    """The same as a file to choose."""
    file = folder / "square.jpg"
    file.write_bytes(a_panorama())
    return file
