"""A small disk for a town's data: a file system in memory that is filled up and emptied while the town is served."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.places import Town

ROOM = 64 * 1024 * 1024  # bytes beyond what the town has already


@dataclass(frozen=True)
class Small:
    """The disk of the town's data."""

    folder: Path

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        """Take all the room that is left."""
        with self.ballast.open("ab", buffering=0) as out:
            size = 1024 * 1024
            while size >= 512:
                try:
                    out.write(b"\0" * size)
                except OSError:
                    size //= 2

    def make_room(self) -> None:
        self.ballast.unlink()


@contextmanager
def small(town: Town) -> Iterator[Small]:
    """Put the town's data on a disk with little room; who may mount one must be root, on Linux."""
    data, kept = town.file.parent, town.home / "data-before"
    data.rename(kept)
    data.mkdir()
    size = ROOM + sum(file.stat().st_size for file in kept.rglob("*") if file.is_file())
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", data], check=True)
    try:
        shutil.copytree(kept, data, dirs_exist_ok=True)
        yield Small(data)
        shutil.rmtree(kept)
        shutil.copytree(data, kept)
    finally:
        os.sync()
        subprocess.run(["umount", data], check=True)
        data.rmdir()
        kept.rename(data)
