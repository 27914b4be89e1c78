"""Where this test process keeps its town: the environment that Mulin's settings read, so it comes first."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from mulin.kernel import keyring
from tests.support import memory
from tests.support.shapes import ROOT, remember_keys

BUILT = ROOT / "build" / "test"  # what runs share: templates, logs
ENGINE = os.environ.get("MULIN_TEST_DB", "sqlite")
SCRATCH = Path(tempfile.mkdtemp(prefix="mulin-test-", dir=memory.folder()))


def prepare() -> None:
    """Point the settings at this process's own folder; called once, before Django is set up."""
    atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
    remember_keys()
    for name in [name for name in os.environ if name.startswith("MULIN_") and "_TEST_" not in name]:
        del os.environ[name]  # a developer's own settings are not the tests' business
    os.environ.update(
        DJANGO_SETTINGS_MODULE="mulin.config.settings",
        MULIN_HOME=str(SCRATCH),
        MULIN_NIGHTS="0",  # nor have backups that nobody asked for
        MULIN_RECHECK_SHARE="0",  # chance has no place in a test; those about it set their own
        MULIN_SECOND_FACTOR="none",  # most tests are about what comes behind the door
        DATABASE_URL=_url_until_copied(),
    )
    put_keys(SCRATCH)


def _url_until_copied() -> str:
    """So that Django knows the engine from the start; the database itself is made at first need."""
    if ENGINE == "sqlite":
        return ""
    if ENGINE != "postgres":
        raise SystemExit(f"MULIN_TEST_DB={ENGINE!r}: say sqlite or postgres.")
    from tests.support import postgres  # needs this module

    return postgres.url("not_copied_yet")


def put_keys(home: Path) -> None:
    """Every process opens what the template's builder closed, so all have the same key ring."""
    ring = BUILT / "keys" / "ring.json"
    keyring.load_or_make(ring)
    (home / "keys").mkdir(parents=True, mode=0o700)
    shutil.copy(ring, home / "keys")
