"""Where the bench keeps its things, and how it starts other processes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "build" / "bench"


@dataclass(frozen=True)
class Town:
    """A whole Mulin: a folder with its keys and, on PostgreSQL, a database."""

    engine: str  # postgres or sqlite
    name: str

    @property
    def home(self) -> Path:
        return BUILT / f"{self.engine}-{self.name}"

    @property
    def file(self) -> Path:
        return self.home / "data" / "mulin.sqlite3"

    @property
    def database(self) -> str:
        return f"mulin_{self.name}"

    def environ(self, **more: str) -> dict[str, str]:
        """For a process that works on this town, with Mulin's ordinary settings and nothing else."""
        from bench import cluster

        kept = {name: value for name, value in os.environ.items() if not name.startswith("MULIN_")}
        url = cluster.url(self.database) if self.engine == "postgres" else ""
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
        return {
            **kept,
            "MULIN_HOME": str(self.home),
            "MULIN_NIGHTS": "0",
            "DATABASE_URL": url,
            "PYTHONPATH": path,
            **more,
        }


def python(town: Town, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a module of ours or of Mulin on a town, to its end; what it says on stdout is returned."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=town.environ(), text=True, stdout=subprocess.PIPE, check=True, **more
    )
