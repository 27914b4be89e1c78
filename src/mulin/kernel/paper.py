"""Sheets of paper: a template of a room and the words that go on it become a PDF, in Chinese or in English.

A template ("posts/slip.typ") lies in its room's templates folder, uses the common parts of
`look/templates/look/paper.typ`, and holds no words: all come translated from Python.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import segno
from django.conf import settings
from django.template.utils import get_app_template_dirs
from django.utils import translation
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refusal

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 180
AT_ONCE = 2  # a process: each child takes about 100 MB while it works
_places = threading.BoundedSemaphore(AT_ONCE)


class NotPrinted(Refusal):
    """The sheet could not be set: the fonts are not there, or it took too long."""

    status = 503
    default_code = "not_printed"


def pdf(template: str, data: Mapping[str, Any], *, language: str) -> bytes:
    """Return a sheet as PDF. `data` is what JSON can hold, with all its words in `language` already."""
    return _set(template, data, language=language, kind="pdf")


def png(template: str, data: Mapping[str, Any], *, language: str) -> bytes:
    """Return the first page of a sheet as a picture: for looking at it."""
    return _set(template, data, language=language, kind="png")


def join(parts: Sequence[Path], target: Path) -> None:
    """Make one PDF of many: a pile of sheets is set in parts, each in a child process of its own."""
    names = [str(each) for each in (target, *parts)]
    with _places:
        _run([sys.executable, "-m", "mulin.kernel.pdfjoining", *names], b"")


def qr(text: str) -> str:
    """Return a QR code as SVG text, for `#qr(…)` of the common parts."""
    # With a mask given, nine tenths of the work fall away.
    return segno.make(text, error="m", micro=False, mask=3).svg_inline(border=0)


def _set(template: str, data: Mapping[str, Any], *, language: str, kind: Literal["pdf", "png"]) -> bytes:
    if not any(Path(settings.MULIN_FONTS).rglob("*.ttf")):
        raise NotPrinted(_("Nothing can be printed: the fonts are missing. Run `make build`."))
    asked = {
        "template": _file(template),
        "root": str(ROOT),
        "fonts": [str(settings.MULIN_FONTS)],
        "format": kind,
        "frank": settings.DEBUG,
        "data": {**data, "_": _common(language)},
    }
    with _places:
        return _child(json.dumps(asked, ensure_ascii=False).encode())


def _file(template: str) -> str:
    for folder in get_app_template_dirs("templates"):
        if (Path(folder) / template).is_file():
            return str(Path(folder) / template)
    raise FileNotFoundError(template)


def _common(language: str) -> dict[str, str]:
    """What every sheet says, whatever is on it."""
    with translation.override(language):
        return {
            "language": "zh" if language.startswith("zh") else "en",
            "page": _("Page %(n)s of %(of)s") % {"n": "{n}", "of": "{of}"},
            "synthetic": _("Invented data of a demo town") if settings.MULIN_DEMO else "",
        }


def _child(asked: bytes) -> bytes:
    return _run([sys.executable, "-m", "mulin.kernel.typesetting"], asked)


def _run(command: list[str], asked: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own module; what is asked goes by standard input
            command, input=asked, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotPrinted(_("Setting this sheet took too long. Please print less at once.")) from None
    if done.returncode:
        raise RuntimeError(f"a sheet was not set: {done.stderr.decode(errors='replace').strip()[-300:]}")
    return done.stdout
