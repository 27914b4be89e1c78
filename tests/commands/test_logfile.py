"""The log in a file of our own."""

from __future__ import annotations

import contextlib
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mulin.commands import logfile
from mulin.commands.logfile import LogFile


def test_what_children_say_is_written_and_cut_before_it_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logfile, "BYTES", 300)
    log = LogFile(tmp_path / "logs" / "mulin.log")
    script = "import sys; [print(f'第{n}行', file=sys.stderr if n % 2 else sys.stdout, flush=True) for n in range(60)]"
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    reader = log.follow(child)
    child.wait()
    reader.join(30)
    log.close()
    files = sorted((tmp_path / "logs").iterdir())
    assert 1 < len(files) <= 1 + logfile.OLD_ONES
    assert (tmp_path / "logs" / "mulin.log").read_text("utf-8").endswith("第59行\n")
    assert all(file.stat().st_size <= 300 for file in files)
    assert all(stat.S_IMODE(file.stat().st_mode) & 0o077 == 0 for file in files)


def test_a_full_disk_does_not_end_the_town(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = LogFile(tmp_path / "mulin.log")
    with Path("/dev/full").open("w", encoding="utf-8") as full, monkeypatch.context() as patch:
        patch.setattr(log._handler, "stream", full)
        patch.setattr(logfile, "BYTES", 10**9)
        log.write("a line that finds no room")
        with contextlib.suppress(OSError):  # what it held back until now
            full.close()
    log.write("and again")
    log.close()
    assert "and again" in (tmp_path / "mulin.log").read_text("utf-8")
    assert "a line that" not in capsys.readouterr().err
