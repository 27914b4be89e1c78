"""An ordinary PostgreSQL for the bench: the server that the tests find, with its default settings (fsync on)."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from bench.places import BUILT
from tests.support import postgres

USER = "mulin"
DATA = BUILT / "cluster"
# A socket's path must be short, and root's folders may be closed to the server's own user.
SOCKETS = Path(tempfile.gettempdir()) / f"mulin-bench-{hashlib.sha256(str(BUILT).encode()).hexdigest()[:8]}"
TOLD = (
    "fsync",
    "synchronous_commit",
    "full_page_writes",
    "shared_buffers",
    "work_mem",
    "max_connections",
    "jit",
)


def url(name: str) -> str:
    return f"postgresql://{USER}@/{name}?host={SOCKETS}"


def connect(name: str = "postgres") -> psycopg.Connection[Any]:
    return psycopg.connect(host=str(SOCKETS), user=USER, dbname=name, autocommit=True)


def start() -> None:
    """Have it running; a cluster of another version is made anew."""
    SOCKETS.mkdir(mode=0o700, exist_ok=True)
    _own(SOCKETS)
    version = DATA / "PG_VERSION"
    if version.exists() and int(version.read_text()) != postgres._major(postgres.binaries()):
        shutil.rmtree(DATA)
    if not version.exists():
        _create()
    if not _answers():
        _run("pg_ctl", "-D", str(DATA), "-l", str(SOCKETS / "log"), "-w", "-t", "60", "start")


def stop(mode: str = "fast") -> None:
    _run("pg_ctl", "-D", str(DATA), "-m", mode, "-w", "stop")


def _create() -> None:
    DATA.mkdir(parents=True, exist_ok=True)
    _own(DATA)
    common = ("initdb", "-D", str(DATA), "-U", USER, "-E", "UTF8", "--auth=trust")
    _run(*common, "--locale=C", "--locale-provider=icu", "--icu-locale=en-US")
    with (DATA / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.write(f"listen_addresses = ''\nunix_socket_directories = '{SOCKETS}'\ntimezone = 'UTC'\n")


def _own(folder: Path) -> None:
    whom = postgres._as_whom()
    if whom:
        os.chown(folder, whom["user"], whom["group"])
    folder.chmod(0o700)


def _answers() -> bool:
    try:
        connect().close()
    except psycopg.OperationalError:
        return False
    return True


def _run(program: str, *arguments: str) -> None:
    with (SOCKETS / "commands.log").open("ab") as log:
        subprocess.run(
            [postgres.binaries() / program, *arguments],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", check=True, **postgres._as_whom(),
        )  # fmt: skip


def postmaster() -> int:
    return int((DATA / "postmaster.pid").read_text().splitlines()[0])


def has(name: str) -> bool:
    with connect() as db:
        return db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def make(name: str, template: str = "template0") -> None:
    drop(name)
    with connect() as db:
        db.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')


def drop(name: str) -> None:
    with connect() as db:
        db.execute(f'DROP DATABASE IF EXISTS "{name}" (FORCE)')


def settings() -> dict[str, str]:
    """What the server says of itself."""
    with connect() as db:
        rows = [(name, db.execute(f"SHOW {name}").fetchone()) for name in ("server_version", *TOLD)]
    return {name: row[0] for name, row in rows if row}
