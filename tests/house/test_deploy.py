"""The unit and the container file: looked over by those who know, since no engine builds them here."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

from tests.support.shapes import ROOT

UNIT, CONTAINER = ROOT / "deploy" / "mulin.service", ROOT / "deploy" / "Containerfile"
HADOLINT = ROOT / ".venv" / "bin" / "hadolint"


def test_the_container_file_is_as_it_should_be() -> None:
    done = subprocess.run([HADOLINT, "--no-color", CONTAINER], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_it_starts_what_there_is() -> None:
    text = CONTAINER.read_text("utf-8")
    assert re.search(r"^USER 10001$", text, re.M)
    for copied in re.findall(r"rm -rf (\S+)", text):
        assert copied.startswith(("/var", "frontend")), copied


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):  # a Mac: what the unit says is checked below
        return
    text = UNIT.read_text("utf-8").replace("/opt/mulin/.venv/bin/mulin", "/bin/true")
    file = tmp_path / "mulin.service"
    file.write_text(re.sub(r"^(User|Group)=.*$", "", text, flags=re.M), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", file], capture_output=True, text=True)
    about_it = [line for line in done.stderr.splitlines() if "mulin.service" in line]
    assert about_it == []


def test_the_unit_writes_in_its_own_folder_only() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's names have capitals
    unit.read(UNIT, "utf-8")
    service = unit["Service"]
    assert (service["ProtectSystem"], service["NoNewPrivileges"], service["UMask"]) == (
        "strict",
        "yes",
        "0077",
    )
    assert service["ReadWritePaths"] in service["Environment"]
