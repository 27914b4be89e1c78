"""Where this test process keeps its town: the environment that Mulin's settings read, so it comes first."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from mulin.kernel import keyring

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "build" / "test"  # what runs share: templates, logs
ENGINE = os.environ.get("MULIN_TEST_DB", "sqlite")
FROZEN, LIVE = "frozen", f"live-{datetime.now(UTC).date()}"  # the moment a template is built for
SCRATCH = Path(tempfile.mkdtemp(prefix="mulin-test-"))

# What these files say never reaches the template, so a change in them is no reason to build it again.
_PAGES_ONLY = {"views.py", "forms.py", "endpoints.py", "urls.py"}
_DATA_KINDS = {".py", ".json", ".csv", ".toml", ".tsv", ".txt", ".po", ".sql"}


def prepare() -> None:
    """Point the settings at this process's own folder; called once, before Django is set up."""
    atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
    os.environ.setdefault("MULIN_TEST_KEY", template_key())  # xdist's workers take the controller's
    for name in [name for name in os.environ if name.startswith("MULIN_") and "_TEST_" not in name]:
        del os.environ[name]  # a developer's own settings are not the tests' business
    os.environ.update(
        DJANGO_SETTINGS_MODULE="mulin.config.settings",
        MULIN_HOME=str(SCRATCH),
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


def template_key() -> str:
    """Changes with whatever could change what the template database holds."""
    digest = hashlib.sha256()
    for file in sorted(_what_shapes_the_template()):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _what_shapes_the_template() -> list[Path]:
    harness = [
        ROOT / "tests/support" / name for name in ("template.py", "tiny.py", "clock.py", "passwords.py")
    ]
    source = (file for file in (ROOT / "src/mulin").rglob("*") if file.suffix in _DATA_KINDS)
    wanted = [file for file in source if file.name not in _PAGES_ONLY and "static" not in file.parts]
    return [*wanted, ROOT / "requirements/base.txt", *harness]
