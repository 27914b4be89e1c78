"""One template database a run and engine, and as many copies of it as tests want. Nothing is ever flushed."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from tests.support import postgres
from tests.support.environment import BUILT, SCRATCH, put_keys
from tests.support.shapes import ROOT, Shape, template_name

WHOLE = "whole"  # a file in the folder of a template that is finished
KEPT = 6  # templates of earlier states of the source
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Home:
    """A whole Mulin of a test's own: its folder and, if it is not SQLite's file in there, its database."""

    folder: Path
    engine: str
    name: str = ""

    @property
    def url(self) -> str:
        return postgres.url(self.name) if self.engine == "postgres" else f"sqlite://{self.file}"

    @property
    def file(self) -> Path:
        return self.folder / "data" / "mulin.sqlite3"

    def environ(self, **more: str) -> dict[str, str]:
        """For a process that is to work on this town."""
        own = {"MULIN_HOME": str(self.folder), "DATABASE_URL": self.url if self.engine == "postgres" else ""}
        kept = {name: value for name, value in os.environ.items() if name not in ("MULIN_DATA", "MULIN_KEYS")}
        return {**kept, **own, **more}


def copy(engine: str, folder: Path | None = None, shape: Shape = Shape.BARE) -> Home:
    """A fresh copy of the template, in `folder` or one of its own."""
    template = _template(engine, shape)
    number = next(_numbers)
    home = Home(folder or SCRATCH / f"copy-{number}", engine, f"mulin_test_{os.getpid()}_{number}")
    _copied(template, home)
    return home


def _copied(template: Home, home: Home) -> None:
    shutil.copytree(template.folder, home.folder, ignore=shutil.ignore_patterns(WHOLE), dirs_exist_ok=True)
    if home.engine == "postgres":
        # Copied file by file, which the log need not repeat.
        _admin(f'CREATE DATABASE "{home.name}" TEMPLATE "{template.name}" STRATEGY FILE_COPY')


def drop(home: Home) -> None:
    if home.engine == "postgres":
        _admin(f'DROP DATABASE IF EXISTS "{home.name}" (FORCE)')
    if home.folder != SCRATCH:
        shutil.rmtree(home.folder, ignore_errors=True)


def _template(engine: str, shape: Shape) -> Home:
    """Built by whoever comes first; the others wait for it."""
    template = _in_folder(BUILT / "templates" / template_name(engine, shape))
    if engine == "postgres":
        postgres.ensure()
    template.folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(BUILT / f"{engine}-{shape}.lock"):
        if not _is_whole(template):
            _clear(template)
            _build(template, shape)
            _forget_old(engine, shape)
        os.utime(template.folder)  # the longest unused is forgotten first
    return template


def _is_whole(template: Home) -> bool:
    if not (template.folder / WHOLE).exists():
        return False
    return template.engine == "sqlite" or template.name in _databases()


def _in_folder(folder: Path) -> Home:
    return Home(folder, folder.name.split("-")[0], f"mulin_template_{folder.name}")


def _build(template: Home, shape: Shape) -> None:
    """A town is built where the tables are already: to make them takes four times as long as a tiny town."""
    if shape is not Shape.BARE:
        _copied(_template(template.engine, Shape.BARE), template)
    else:
        put_keys(template.folder)
        if template.engine == "postgres":
            _admin(f'CREATE DATABASE "{template.name}"')
    environ = template.environ(MULIN_TEST_SHAPE=shape)
    command = [sys.executable, "-W", "error", "-m", "tests.support.template"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"The template database could not be built:\n{done.stdout}{done.stderr}")
    (template.folder / WHOLE).touch()


def _forget_old(engine: str, shape: Shape) -> None:
    kin = (BUILT / "templates").glob(f"{engine}-{shape}-*")
    folders = sorted(kin, key=lambda each: each.stat().st_mtime)
    for folder in folders[:-KEPT]:
        _clear(_in_folder(folder))


def _clear(template: Home) -> None:
    if template.engine == "postgres":
        _admin(f'DROP DATABASE IF EXISTS "{template.name}" (FORCE)')
    shutil.rmtree(template.folder, ignore_errors=True)


def _databases() -> set[str]:
    with postgres.connect() as db:
        return {name for (name,) in db.execute("SELECT datname FROM pg_database")}


def _admin(statement: str) -> None:
    with postgres.connect() as db:
        db.execute(statement)  # names are our own
