"""Files that people send: what they are, what they only pretend to be, and what would do harm."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 5000
MP3 = b"ID3\x03\0\0\0\0\0\x0a" + b"\0" * 500
AMR = b"#!AMR\n" + b"\0" * 100
EXE = b"MZ\x90\0" + b"\0" * 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def a_pdf(words: str = "Hallo") -> bytes:
    """One page, as small as a reader takes it."""
    page = f"BT /F1 24 Tf 20 100 Td ({words}) Tj ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(page)}>>stream\n{page}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{part}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = (
        f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    )
    return out + tail.encode()


def zipped(**members: bytes) -> bytes:
    """`word_document_xml` is word/document.xml."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return held.getvalue()


def a_docx(**more: bytes) -> bytes:
    return zipped(Types_xml=b"<Types/>", word__document_xml=b"<w/>", **more)


def a_file(name: str, content: bytes) -> Any:
    return SimpleUploadedFile(name, content)
