"""Photos from outside."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from mulin.kernel.images import SafePhoto, safe_photo
from mulin.kernel.refusals import Invalid, TooLarge

MB = 1024 * 1024
PLAIN = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def photo(
    width: int = 60, height: int = 40, kind: str = "JPEG", mode: str = "RGB", **save: object
) -> io.BytesIO:
    image = Image.new(mode, (width, height), "red" if mode == "RGB" else None)
    out = io.BytesIO()
    image.save(out, kind, **save)
    out.seek(0)
    return out


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_a_photo_becomes_a_plain_jpeg(kind: str) -> None:
    safe = safe_photo(photo(kind=kind), max_bytes=MB)
    assert (opened(safe.jpeg).format, safe.width, safe.height) == ("JPEG", 60, 40)
    assert opened(safe.thumb).size == (60, 40)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "CMYK"])
def test_every_mode_of_colour_is_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert isinstance(safe_photo(photo(kind=kind, mode=mode), max_bytes=MB), SafePhoto)


def test_a_large_one_becomes_smaller() -> None:
    safe = safe_photo(photo(5000, 2500), max_bytes=MB)
    assert (safe.width, safe.height) == (2048, 1024)
    assert opened(safe.thumb).size == (400, 200)


def test_stands_upright_and_says_nothing_of_where_and_when() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F], exif[0x9003] = "Maker of the phone", "2026:03:18 10:00:00"
    exif.get_ifd(0x8825)[1] = "N"  # where
    safe = safe_photo(photo(60, 40, exif=exif.tobytes(), comment=b"secret comment"), max_bytes=MB)
    assert (safe.width, safe.height) == (40, 60)
    for jpeg in (safe.jpeg, safe.thumb):
        assert not opened(jpeg).getexif()
        assert opened(jpeg).info.keys() <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert b"secret" not in jpeg
        assert b"Maker" not in jpeg


def test_what_hangs_behind_the_picture_is_left_behind() -> None:
    held = photo()
    both = io.BytesIO(held.getvalue() + b"PK\x03\x04<script>alert(1)</script>")
    assert b"script" not in safe_photo(both, max_bytes=MB).jpeg


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a photo",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"\xff\xd8\xff",
        b"GIF89a",
    ],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        safe_photo(io.BytesIO(content), max_bytes=MB)
    assert refused.value.code == "no_photo"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_half_a_photo_is_refused(kind: str) -> None:
    whole = photo(300, 300, kind=kind).getvalue()
    for part in (20, len(whole) // 4, len(whole) // 2):
        with pytest.raises(Invalid):
            safe_photo(io.BytesIO(whole[:part]), max_bytes=MB)


def test_too_many_bytes_are_not_even_read() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"\xff" * size

    endless = Endless()
    with pytest.raises(TooLarge):
        safe_photo(endless, max_bytes=MB)  # type: ignore[arg-type]  # only what is read of a file
    assert endless.given <= MB + 64 * 1024


def bomb(width: int, height: int) -> io.BytesIO:
    """A small PNG that says it is huge."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1_000_000, 9)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(10_000, 10_000), (100_000, 100_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_unpacks(width: int, height: int) -> None:
    with pytest.raises(Invalid) as refused:
        safe_photo(bomb(width, height), max_bytes=MB)
    assert refused.value.code in ("too_many_pixels", "no_photo")


def test_a_few_kilobytes_never_fill_the_memory() -> None:
    """Decoded it has 49 million pixels; each careless copy of it would take 200 MB."""
    code = """
import io, resource
import django.conf
django.conf.settings.configure(USE_I18N=False)
from PIL import Image
from mulin.kernel.images import safe_photo
file = io.BytesIO()
Image.new("P", (7000, 7000)).save(file, "PNG", transparency=0)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
file.seek(0)
assert len(file.getvalue()) < 10_000
safe_photo(file, max_bytes=10_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    scale = 1024 if sys.platform == "linux" else 1024**2  # kilobytes there, bytes here
    assert int(done.stdout) / scale < 200, "MB"
