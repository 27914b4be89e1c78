"""`mulin`, called as the town's IT person calls it, on a town of the test's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.test import override_settings
from django.utils import translation

from mulin import cli
from tests.support import environment, postgres, switch
from tests.support.databases import Home
from tests.support.environment import put_keys

PATIENCE = 120  # seconds, on a busy machine
FOLDERS = ("MULIN_DATA", "MULIN_KEYS", "MULIN_BACKUPS")


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def refusal(self) -> str:
        """What it said instead of doing it: one plain line, no traceback."""
        assert self.code == 1, self
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("mulin: "), self.err
        return lines[0].removeprefix("mulin: ")


@dataclass(frozen=True)
class Town:
    """A home, and the environment in which commands work on it."""

    home: Home
    settings: dict[str, str] = field(default_factory=dict)

    def mulin(self, *arguments: str | Path) -> Done:
        """Run a command in this process, which saves starting one."""
        out, err = StringIO(), StringIO()
        with self.entered(), redirect_stdout(out), redirect_stderr(err):
            try:
                code: Any = cli.main([str(each) for each in arguments])
            except SystemExit as end:
                code = end.code
        if isinstance(code, str):  # Python prints it and exits with 1
            code, err = 1, StringIO(err.getvalue() + code)
        return Done(code, out.getvalue(), err.getvalue())

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Within this block the settings of this process are those of this town, which is on the same engine."""
        assert self.home.engine == environment.ENGINE, "run it as a program"
        folders = {name: self.folder / name.removeprefix("MULIN_").lower() for name in FOLDERS}
        with (
            patch.dict(os.environ, self.environ()),
            override_settings(**folders),
            translation.override(settings.LANGUAGE_CODE),  # whatever the last page of this process spoke
            switch.connected_to(self.home),
        ):
            yield

    def program(self, *arguments: str | Path, **more: Any) -> Done:
        """Run a command as a program of its own, to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "mulin", *map(str, arguments)],
            env=self.environ(), capture_output=True, text=True, timeout=PATIENCE, **more,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    def says(self, *arguments: str | Path) -> str:
        """What a command prints that does what it says."""
        done = self.mulin(*arguments)
        assert done.code == 0, done
        return done.out

    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.says("facts", "--json"))
        return found

    def environ(self) -> dict[str, str]:
        tools = {}
        if self.home.engine == "postgres":  # the programs of the server that is tested against
            tools["PATH"] = f"{postgres.binaries()}{os.pathsep}{os.environ['PATH']}"
        return self.home.environ(**{**tools, **self.settings})

    @property
    def folder(self) -> Path:
        return self.home.folder


def empty(folder: Path, engine: str, *, keys: bool = True) -> Town:
    """A place without a town; on PostgreSQL with a database that has no table."""
    name = f"mulin_test_{os.getpid()}_{folder.name}"
    folder.mkdir()
    if keys:
        put_keys(folder)
    if engine == "postgres":
        postgres.ensure()
        with postgres.connect() as db:
            db.execute(f'DROP DATABASE IF EXISTS "{name}" (FORCE)')
            db.execute(f'CREATE DATABASE "{name}"')
    return Town(Home(folder, engine, name))


def give_up(town: Town) -> None:
    """Leave no database behind; its folder is pytest's."""
    if town.home.engine == "postgres":
        with postgres.connect() as db:
            db.execute(f'DROP DATABASE IF EXISTS "{town.home.name}" (FORCE)')
