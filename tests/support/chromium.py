"""The installed Chromium that browser tests drive; got from the system's package manager where that may be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Without these it looks for its maker's hosts at every start.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--use-angle=swiftshader",  # WebGL without a graphics card
    "--enable-unsafe-swiftshader",
)


class NoChromium(RuntimeError):
    """There is none to test with."""


@cache
def find() -> Path | None:
    asked = os.environ.get("CHROMIUM")
    if asked:
        return Path(asked)
    on_path = (shutil.which(name) for name in _NAMES)
    places = [*on_path, *_MAC, *_of_playwright()]
    return next((Path(place) for place in places if place and _runs(place)), None)


def ensure() -> Path:
    """Find it, or install it with a font that has Chinese."""
    found = find() or _install()
    if found is None:
        raise NoChromium("no Chromium: install it (Debian: chromium and fonts-noto-cjk) or set CHROMIUM")
    return found


def _of_playwright() -> list[str]:
    caches = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
    return [str(file) for folder in caches for file in sorted(folder.glob("chromium-*/chrome-*/chrome"))]


def _runs(program: str) -> bool:
    # Ubuntu's /usr/bin/chromium-browser may be a stub that only says to install a snap.
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return False
    return said.returncode == 0 and "Chrom" in said.stdout


def _install() -> Path | None:
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return None
    sys.stdout.write("Installing Chromium and a font that has Chinese ...\n")
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
    for command in (["apt-get", "update", "-qq"], install):
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, env=environ, stdin=subprocess.DEVNULL, check=False)
    find.cache_clear()
    return find()


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{ensure()}\n")
    except NoChromium as error:
        sys.exit(str(error))
