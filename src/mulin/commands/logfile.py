"""Where no journal of the system takes the log: a file of our own, cut before it grows too large.

One process writes it: what its children say comes through a pipe, so that no two cut the file at once.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

BYTES, OLD_ONES = 10 * 1024 * 1024, 5


class _Private(RotatingFileHandler):
    """For this account's eyes only; an error of writing is told, not printed with what was to be written."""

    def _open(self) -> TextIOWrapper:
        opened = super()._open()
        os.chmod(self.baseFilename, 0o600)
        return opened

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - the shape logging wants
        sys.stderr.write("mulin: the log cannot be written\n")


class LogFile:
    """Takes lines as they come, from any thread."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._handler = _Private(file, maxBytes=BYTES, backupCount=OLD_ONES, encoding="utf-8")
        self._handler.setFormatter(logging.Formatter("%(message)s"))

    def follow(self, child: subprocess.Popen[bytes]) -> threading.Thread:
        """Write down all that a child says, until it ends."""
        reader = threading.Thread(
            target=self._copy, args=(child.stdout,), daemon=True
        )  # a pipe: serve asks for one
        reader.start()
        return reader

    def _copy(self, said: IO[bytes]) -> None:
        with said:
            for line in said:
                self.write(line.decode(errors="replace").rstrip("\n"))

    def write(self, line: str) -> None:
        record = logging.LogRecord("mulin", logging.INFO, "", 0, "%s", (line,), None)
        self._handler.handle(record)

    def close(self) -> None:
        self._handler.close()
