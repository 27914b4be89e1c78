"""Where throwaway databases lie: in memory, where a machine offers so much, since nobody wants them on a disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_SHARED = Path("/dev/shm")
_ENOUGH = 3 * 1024**3  # bytes that are free; a run takes a tenth of it


def folder() -> Path:
    """Whoever sets TMPDIR has chosen; else the shared memory where it is large; else the temporary folder."""
    if (
        "TMPDIR" not in os.environ
        and os.access(_SHARED, os.W_OK)
        and shutil.disk_usage(_SHARED).free >= _ENOUGH
    ):
        return _SHARED
    return Path(tempfile.gettempdir())
