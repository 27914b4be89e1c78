"""PostgreSQL's own programs, which copy a database out and back in."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from mulin.commands import start

PLAIN = ("--no-owner", "--no-privileges")  # whoever restores owns it


def knock(database: dict[str, Any]) -> None:
    """Stop where nobody answers: the pool would try for long, and say little."""
    import psycopg

    own = {"password": str(database["PASSWORD"])} if database["PASSWORD"] else {}
    try:
        psycopg.connect(_conninfo(database, **own), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        start.stop(f"The database does not answer: {str(error).splitlines()[0]}")


def dump(database: dict[str, Any], target: Path) -> None:
    """The database of one instant, as one file."""
    _run(
        "pg_dump",
        [*PLAIN, "--format=custom", f"--file={target}", f"--dbname={_conninfo(database)}"],
        database,
    )


def load(database: dict[str, Any], source: Path) -> None:
    """All of a dump or nothing of it."""
    _run(
        "pg_restore",
        [*PLAIN, "--single-transaction", f"--dbname={_conninfo(database)}", str(source)],
        database,
    )


def load_instead(database: dict[str, Any], source: Path) -> None:
    """A dump in the place of what is there: that steps aside, and goes only when all of the dump is in."""
    import psycopg

    own = {"password": str(database["PASSWORD"])} if database["PASSWORD"] else {}
    with psycopg.connect(_conninfo(database, **own), autocommit=True) as connection:
        [schema] = connection.execute("SELECT quote_ident(current_schema())").fetchone() or ("public",)
        aside = f"mulin_aside_{os.getpid()}"
        _execute(connection, f"ALTER SCHEMA {schema} RENAME TO {aside}", f"CREATE SCHEMA {schema}")
        try:
            load(database, source)
        except BaseException:
            _execute(connection, f"DROP SCHEMA {schema} CASCADE", f"ALTER SCHEMA {aside} RENAME TO {schema}")
            raise
        _execute(connection, f"DROP SCHEMA {aside} CASCADE")


def _execute(connection: Any, *statements: str) -> None:
    """All or none; the names are our own."""
    with connection.transaction():
        for statement in statements:
            connection.execute(statement)


def _run(name: str, arguments: list[str], database: dict[str, Any]) -> None:
    program = shutil.which(name)
    if program is None:
        start.stop(
            f"{name} is missing: install the PostgreSQL client (on Debian and Ubuntu: postgresql-client)."
        )
    done = subprocess.run(  # noqa: S603 - our own command line
        [program, *arguments],
        env={**os.environ, **_password(database)},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        start.stop(f"{name} says: {_first_error(done.stderr)}")


def _password(database: dict[str, Any]) -> dict[str, str]:
    """In the environment: a command line is for all to read."""
    return {"PGPASSWORD": str(database["PASSWORD"])} if database["PASSWORD"] else {}


def _first_error(said: str) -> str:
    """Without the lines below it, which may quote rows."""
    lines = said.splitlines() or ["nothing"]
    return next((line for line in lines if "error:" in line), lines[0]).strip()


def _conninfo(database: dict[str, Any], **more: str) -> str:
    """As the application connects: libpq's own words among the options (sslmode, service …) go along."""
    from psycopg.conninfo import make_conninfo
    from psycopg.pq import Conninfo

    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    options = {name: value for name, value in database["OPTIONS"].items() if name in known}
    own = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    named = {word: str(database[column]) for word, column in own.items() if database[column]}
    return make_conninfo("", **{**options, **named, **more})
