"""Files that residents might send: photos with and without secrets, and what only pretends to be one."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS, WHERE = 0x8825, "39 deg 54 min"


def a_photo(name: str = "lamp.jpg", colour: str = "navy") -> SimpleUploadedFile:
    """As a phone takes it: with its make, a description and where it was."""
    image = Image.new("RGB", (640, 480), colour)
    exif = Image.Exif()
    exif[0x010F], exif[0x010E] = "SecretPhone", WHERE
    exif.get_ifd(GPS).update({1: "N", 2: (39.0, 54.0, 0.0), 3: "E", 4: (116.0, 23.0, 0.0)})
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    assert b"SecretPhone" in out.getvalue()
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def no_photo(name: str = "lamp.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"<?php echo 'hello'; ?>" * 100, "image/jpeg")


def a_bomb(side: int = 30_000) -> SimpleUploadedFile:
    """A small PNG that says it is 30,000 by 30,000 pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", data), _chunk(b"IEND", b""))
    return SimpleUploadedFile("bomb.png", b"\x89PNG\r\n\x1a\n" + b"".join(parts), "image/png")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
